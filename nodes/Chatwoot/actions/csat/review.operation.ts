import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty } from '../../../shared/values/read';
import { csatResponseLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { longText, textUpTo } from '../../helpers/read';
import { csatOutput } from './csat';

/** `reviewCsatResponse`: `PATCH /csat_survey_responses/{id}`; the route is there on the Enterprise edition only. */
export const review = accountOperation<{ notes: string | null }>({
	option: {
		name: 'Review',
		value: 'review',
		action: 'Review CSAT response',
		description: 'Write review notes to an answer, in place of those before. Enterprise edition and administrators only.',
	},
	record: csatResponseLocator,
	properties: [
		{
			displayName: 'Review Notes',
			name: 'reviewNotes',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Called back, the order was replaced',
			description: 'What the team found out; left empty, the notes are taken away',
		},
	],
	output: csatOutput,
	read: (item) => ({ notes: textUpTo(item, 'reviewNotes', longText) ?? null }),
	async run({ id, notes }, account) {
		const answer = await account.exchange({ method: 'PATCH', path: path`/csat_survey_responses/${id}`, body: { csat_review_notes: notes }, idempotent: true, accept: [404] });
		if (answer.status === 404) {
			throw account.http.error(`Chatwoot does not know answer ${id} to the survey, or keeps no review notes`, `Review notes are part of the Enterprise edition. The answer may belong to another account than ${account.id}, too.`, answer.status);
		}
		return objectOrEmpty(answer.body);
	},
});
