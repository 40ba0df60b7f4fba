/** What can become of one attempt to send a request. */
export type Outcome =
	/** The connection was refused or never made: the server has seen nothing. */
	| { kind: 'unreached'; code: string }
	/** The name, the certificate or the address itself is wrong: trying again changes nothing. */
	| { kind: 'misaddressed'; code: string }
	/** The connection broke or timed out when the server may already have acted. */
	| { kind: 'broken'; code: string }
	/** `lasting`: the service says so each time it is asked. */
	| { kind: 'answered'; status: number; retryAfter?: number; lasting?: boolean }
	/** The answer is larger, deeper or slower than what is read to its end; the server has acted. */
	| { kind: 'unreadable'; reason: 'too large' | 'too deep' | 'too slow' }
	/** A good status with a body that is cut off, empty where data belongs, or not JSON. */
	| { kind: 'garbled'; status: number };

export interface Attempt {
	/** Attempts made so far, this one included. */
	attempt: number;
	/** Whether doing it twice is the same as doing it once. */
	idempotent: boolean;
}

const maxAttempts = 4;
/** One more try tells what passes from what stays. */
const maxAttemptsLasting = 2;

/**
 * Milliseconds to wait before the next attempt, or undefined to give up.
 *
 * A write is repeated only when the server cannot have acted on it: when the connection was never made.
 */
export function retryDelay(outcome: Outcome, details: Attempt, random: number = Math.random()): number | undefined {
	const backOff = 300 * 2 ** (details.attempt - 1) * (0.75 + random / 2);
	const another = details.attempt < maxAttempts ? backOff : undefined;
	switch (outcome.kind) {
		case 'misaddressed':
		case 'unreadable':
			return undefined;
		case 'unreached':
			return another;
		case 'broken':
		case 'garbled':
			return details.idempotent ? another : undefined;
		case 'answered':
			// Throttling is the rate limiter's: it holds all requests of the credential back.
			if (outcome.lasting && details.attempt >= maxAttemptsLasting) return undefined;
			if (outcome.status >= 500) return details.idempotent ? another : undefined;
			return undefined;
	}
}

const unreached = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);
const broken = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_BAD_RESPONSE', 'ERR_NETWORK', 'HPE_INVALID_CONSTANT']);

/** Sorts a connection error by its code. */
export function connectionOutcome(code: string, duringConnect: boolean): Outcome {
	if (unreached.has(code)) return { kind: 'unreached', code };
	if (duringConnect && code === 'ETIMEDOUT') return { kind: 'unreached', code };
	if (broken.has(code)) return { kind: 'broken', code };
	if (code === 'ENOTFOUND' || code === 'EPROTO' || /^(ERR_INVALID_URL|ERR_INVALID_PROTOCOL|ERR_UNSUPPORTED_PROTOCOL|ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME|ERR_FR_TOO_MANY)/.test(code)) {
		return { kind: 'misaddressed', code };
	}
	return { kind: 'broken', code };
}

/** Milliseconds a Retry-After header asks for: seconds or an HTTP date; undefined when unusable. */
export function retryAfterMs(header: unknown, now: number = Date.now()): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	const milliseconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return Number.isFinite(milliseconds) && milliseconds >= 0 ? Math.min(milliseconds, 3_600_000) : undefined;
}
