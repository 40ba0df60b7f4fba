import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, Explanation } from '../../shared/http/httpClient';

/** Whether Kinbox has no such call, as its framework says it; otherwise a 404 is about the record. */
export function isUnknownCall({ status, body }: Answer): boolean {
	return status === 404 && /^Cannot (?:GET|POST|PUT|PATCH|DELETE) \//.test(messageIn(body) ?? '');
}

export function explainKinbox(answer: Answer, call: Call): Explanation | undefined {
	const said = messageIn(answer.body);
	switch (answer.status) {
		case 401:
			return {
				message: 'Kinbox did not accept the token of the credential',
				description: "Make a new token under Settings > Integrations > API, and check that 'Kind of Token' in the credential fits it.",
			};
		case 403:
			return {
				message: 'Kinbox does not allow this with the token of the credential',
				description: `Check that 'Kind of Token' in the credential fits the token. An API Token needs the scope for it (read, write or send); a Token V3 has the permissions of the operator who made it.${said ? ` Kinbox says: ${said}` : ''}`,
			};
		case 404:
			if (isUnknownCall(answer)) {
				return {
					message: 'This Kinbox does not have the call that this operation needs',
					description: `It is not a matter of the record. Kinbox may have moved the call, or another host has it: check 'Host' and 'Kind of Token' in the credential, and report this to the makers of the package. Kinbox says: ${said}`,
				};
			}
			return {
				message: 'Kinbox does not know this record',
				description: `It may have been deleted, or the ID belongs to another workspace.${said ? ` Kinbox says: ${said}` : ''}`,
			};
		case 409:
			return {
				message: `Kinbox has this record already${said ? `: ${said}` : ''}`,
				description: call.method === 'POST' ? 'Use another External ID, or update the record that has it.' : undefined,
			};
		default:
			return undefined;
	}
}
