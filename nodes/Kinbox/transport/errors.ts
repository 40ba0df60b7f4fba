import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, Explanation } from '../../shared/http/httpClient';

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
