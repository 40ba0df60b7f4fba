import type { ICredentialTestFunctions, IDataObject, INodeCredentialTestResult } from 'n8n-workflow';

import { addressProblem } from './address';
import type { Answer, Explanation } from './answers';
import { connectionError } from './answers';
import { explainForeign, explainOutcome } from './errors';
import type { Vendor } from './httpClient';
import { readBytes, readText, UnreadableAnswer } from './readAnswer';
import { redactor } from './redact';
import type { Outcome } from './retry';
import { connectionOutcome } from './retry';

/** A question that only the vendor answers, and only to a good token. */
export interface CredentialQuestion {
	vendor: Vendor;
	/** As n8n names the credential: "Kinbox API". */
	credentialName: string;
	/** Without slash at its end. */
	baseUrl: string;
	path: string;
	headers: Record<string, string>;
	/** Texts that may not appear in the message. */
	secrets: string[];
	allowedHosts?: string[];
	/** What to do about a refusal, by its HTTP status; undefined for the common words. */
	refused(status: number, body: unknown): string | undefined;
	/** What is wrong with a good answer; undefined when it is the vendor's and all is well. */
	wrong(body: IDataObject): string | undefined;
	/** Where the address stands and what it usually is: "Check 'Host'; it is usually https://…". */
	elsewhere: string;
}

/** Milliseconds for the answer. */
const patience = 15_000;
/** Bytes of an answer that are read. */
const largest = 4 * 1024 * 1024;

/**
 * Asks the question and says what came of it. The token goes to the credential's own address only: no redirect is followed.
 */
export async function testByAsking(context: ICredentialTestFunctions, question: CredentialQuestion): Promise<INodeCredentialTestResult> {
	const { vendor, baseUrl, allowedHosts, secrets, refused, wrong, elsewhere } = question;
	const redact = redactor(secrets);
	const failed = ({ message, description = '' }: Explanation): INodeCredentialTestResult => ({ status: 'Error', message: redact(`${message}. ${description}`.trim()) });
	const problem = addressProblem(vendor, baseUrl, allowedHosts);
	if (problem) return failed(problem);
	const service = { name: vendor.name, credentialName: question.credentialName, origin: new URL(baseUrl).origin };
	const answer = await ask(context, question);
	if ('kind' in answer) return failed(explainOutcome(answer, undefined, service));
	const { status, body } = answer;
	if (status >= 300 && status < 400) return failed(explainOutcome({ kind: 'answered', status }, answer, service));
	const notVendors = { message: `This address does not answer like ${vendor.name}`, description: elsewhere };
	if (status >= 300) {
		const foreign = [404, 405].includes(status) ? undefined : explainForeign(status, answer, service);
		if (foreign) return failed(foreign);
		const words = isPage(body) ? undefined : refused(status, body);
		if (words !== undefined) return failed({ message: words.replace(/\.$/, '') });
		return failed([404, 405].includes(status) ? notVendors : explainOutcome({ kind: 'answered', status }, answer, service));
	}
	if (body === null || typeof body !== 'object' || Array.isArray(body)) return failed(notVendors);
	const words = wrong(body as IDataObject);
	return words === undefined ? { status: 'OK', message: 'Connection successful!' } : failed(words === '' ? notVendors : { message: words.replace(/\.$/, '') });
}

const isPage = (body: unknown): boolean => typeof body === 'string' && /^\s*</.test(body);

async function ask({ helpers }: ICredentialTestFunctions, { baseUrl, path, headers }: CredentialQuestion): Promise<Answer | Outcome> {
	try {
		// The one helper that n8n gives to tests of credentials.
		const response = (await helpers.request({
			uri: `${baseUrl}${path}`,
			method: 'GET',
			headers: { accept: 'application/json', ...headers },
			timeout: patience,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			// As it comes, so that it can be left when it is too much.
			useStream: true,
		})) as { statusCode: number; headers: IDataObject; body: unknown };
		const body = readText(await readBytes(response.body, patience, largest));
		return { status: response.statusCode, headers: response.headers, body: typeof body === 'string' ? parsed(body) : body };
	} catch (error) {
		if (error instanceof UnreadableAnswer) return error.reason === 'too slow' ? { kind: 'broken', code: 'ETIMEDOUT' } : { kind: 'unreadable', reason: error.reason };
		const { code, syscall } = connectionError(error);
		return code === undefined ? { kind: 'unreached', code: 'unknown' } : connectionOutcome(code, syscall === 'connect');
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
