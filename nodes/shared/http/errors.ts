import type { Answer, Explanation } from './answers';
import { describeBody, messageIn, safeOrigin } from './answers';
import type { Outcome } from './retry';

/** What the texts need to know of the service. */
interface Service {
	/** As the vendor writes it. */
	name: string;
	/** As n8n names its credential: "Kinbox API". */
	credentialName: string;
	/** Without path and user: "https://chat.example.com". */
	origin: string;
}

/** What a person reads of a request that came to nothing, when the vendor has no words of its own for it. */
export function explainOutcome(outcome: Outcome, answer: Answer | undefined, service: Service): Explanation {
	const { name, origin } = service;
	switch (outcome.kind) {
		case 'unreached':
			return { message: `${name} could not be reached at ${origin}`, description: unreachedAdvice(outcome.code, name) };
		case 'misaddressed':
			return explainAddress(outcome.code, service);
		case 'broken':
			return ['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'].includes(outcome.code)
				? { message: `${name} did not answer in time`, description: "Try again later, or set a longer 'Timeout' under Options." }
				: { message: `The connection to ${name} broke off before the answer was complete`, description: `Network code: ${outcome.code}.` };
		case 'unreadable':
			return outcome.reason === 'too large'
				? { message: `The answer of ${name} is too large`, description: 'It has more than 64 MB. Ask for less at once, for example with filters or a limit.' }
				: { message: `${name} answered with something that is not data`, description: 'The answer has hundreds of lists inside each other. Check the address in the credential; something else may have answered.' };
		case 'garbled':
			return { message: `${name} answered with something that is not data`, description: `The answer was ${describeBody(answer?.body)}. Check the address in the credential; a proxy may have answered instead.` };
		case 'answered':
			return (answer && explainForeign(outcome.status, answer, service)) ?? explainStatus(outcome.status, answer, service);
	}
}

function unreachedAdvice(code: string, name: string): string {
	switch (code) {
		case 'ECONNREFUSED':
			return `Nothing answers there (${code}). Check host and port in the credential, and that ${name} is running. When n8n runs in Docker, "localhost" is its own container: use the name of the service or the address of the machine.`;
		case 'EAI_AGAIN':
			return `The name of the server could not be looked up (${code}). Check the address in the credential, and that n8n can resolve names.`;
		default:
			return `The server is offline, or n8n has no way to it (${code}). Check the address in the credential, and that n8n can reach it.`;
	}
}

/** Faults in the address or the certificate; trying again changes nothing. */
function explainAddress(code: string, { name, origin }: Service): Explanation {
	switch (code) {
		case 'ENOTFOUND':
			return { message: `There is no server with the name in ${origin || 'the address'}`, description: `Check the address in the credential for mistakes in spelling (${code}).` };
		case 'ERR_INVALID_URL':
		case 'ERR_INVALID_PROTOCOL':
		case 'ERR_UNSUPPORTED_PROTOCOL':
			return { message: `The address in the credential is not a web address`, description: `It has to begin with https:// and the name of the server, without blanks (${code}).` };
		case 'ERR_INVALID_CHAR':
			return { message: 'The token in the credential has characters that cannot be sent', description: `Copy it again, without line breaks or signs around it (${code}).` };
		case 'EPROTO':
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
			return { message: `${origin} does not speak https`, description: `Check the address in the credential, above all its port (${code}). Only a ${name} of your own that has no encryption is reached with http://.` };
		case 'CERT_HAS_EXPIRED':
			return { message: `The certificate of ${origin} has expired`, description: `Whoever runs the server has to renew it (${code}).` };
		case 'CERT_NOT_YET_VALID':
			return { message: `The certificate of ${origin} is not valid yet`, description: `Check the clocks of the server and of n8n's machine (${code}).` };
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
		case 'HOSTNAME_MISMATCH':
			return { message: `The certificate of ${origin} belongs to another name`, description: `Use the name of the server that stands in its certificate (${code}).` };
	}
	if (/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT|ERR_TLS|ERR_SSL)/.test(code)) {
		return {
			message: `n8n does not trust the certificate of ${origin}`,
			description: `The server is there, but its certificate was not issued by an authority that n8n knows (${code}). Save the certificate of your own authority in a file, set the environment variable NODE_EXTRA_CA_CERTS of n8n to its path, and start n8n again.`,
		};
	}
	return { message: `The address ${origin} does not lead to ${name}`, description: `Check the address in the credential (${code}).` };
}

/** Answers of what stands in front of the service: proxies, firewalls, other web servers. Their words are not the vendor's. */
export function explainForeign(status: number, { body, headers }: Answer, { name, origin }: Service): Explanation | undefined {
	if (status === 401 && /^\s*(basic|digest|negotiate|ntlm)\b/i.test(String(headers['www-authenticate'] ?? ''))) {
		return { message: `Something in front of ${name} asks for a user name and a password`, description: `A proxy at ${origin} protects the address. Let requests to the API pass there; the token of the credential is for ${name} behind it.` };
	}
	if (typeof body !== 'string' || !/^\s*</.test(body)) return undefined;
	switch (status) {
		case 401:
		case 403:
			return { message: `Something in front of ${name} refused the request (HTTP ${status})`, description: `The answer was a web page, not ${name}'s: a proxy or firewall at ${origin}. Let requests of n8n to the API pass there.` };
		case 404:
		case 405:
			return { message: `There is no ${name} API at this address`, description: `${origin} answered with a web page (HTTP ${status}). Check the address in the credential, and a path in it.` };
		case 413:
			return { message: `The request is too large for the server in front of ${name}`, description: 'Send a smaller file, or have the limit of the proxy raised (nginx: client_max_body_size).' };
		case 502:
		case 503:
		case 504:
			return { message: `${name} is not running behind its proxy, or does not answer it in time (HTTP ${status})`, description: 'Try again later.' };
		default:
			return undefined;
	}
}

function explainStatus(status: number, answer: Answer | undefined, { name, credentialName }: Service): Explanation {
	const said = messageIn(answer?.body);
	const quoted = said ? `${name} says: ${said}` : undefined;
	if (status >= 300 && status < 400) {
		const target = safeOrigin(String(answer?.headers.location ?? ''));
		return { message: `${name} redirects to ${target || 'another address'}`, description: 'Enter that address in the credential. Redirects are not followed, so that the token goes nowhere else.' };
	}
	switch (status) {
		case 401:
			return { message: `${name} did not accept the token of the credential`, description: [`Make a new token in ${name} and save it in the ${credentialName} credential.`, quoted].filter(Boolean).join(' ') };
		case 402:
			return { message: `${name} asks for payment: ${said ?? 'the plan or balance does not cover this'}` };
		case 403:
			return { message: `${name} does not allow this with the credential's token`, description: quoted ?? 'Use a token of someone who may do this.' };
		case 404:
			return { message: `${name} does not know this record`, description: quoted ?? 'It may have been deleted, or the ID belongs to another account.' };
		case 429:
			return { message: `${name} keeps throttling the requests`, description: "Nothing was sent beyond the limit. Raise 'Give Up After' under Options, or run with fewer 'Parallel Requests'." };
	}
	if (status >= 500) return { message: `${name} could not handle the request (HTTP ${status})`, description: quoted ?? `The answer was ${describeBody(answer?.body)}.` };
	return { message: `${name} refused the request${said ? `: ${said}` : ` (HTTP ${status})`}`, description: said ? undefined : `The answer was ${describeBody(answer?.body)}.` };
}
