import type { Answer, Call } from '../../shared/http/httpClient';
import type { AccountClient } from '../transport/client';
import { rowsIn } from '../transport/answers';
import { notInAccount } from '../transport/unknownRecord';

/** A record that Chatwoot answers HTTP 500 for when it does not know it. */
interface OneRecord {
	/** Path of the list that has it. */
	list: string;
	/** The field that names it. */
	field: string;
	/** Its ID, or slug. */
	id: string;
}

/**
 * Sends a call about a record of a kind whose unknown IDs make the server stumble (500, not 404). Whether it is that or
 * a fault of the server is looked up in the list.
 *
 * @throws NodeApiError
 */
export async function exchangeAboutOne(account: AccountClient, call: Call, { list, field, id }: OneRecord): Promise<Answer> {
	const answer = await account.exchange({ ...call, accept: [500] });
	if (answer.status !== 500) return answer;
	const known = await account.get<unknown>(list).then(rowsIn, () => undefined);
	if (known === undefined || known.some((row) => String(row.id) === id || row.slug === id)) throw account.refusal(answer, call);
	// The first try took it away, only its answer was lost.
	if (call.method === 'DELETE' && answer.repeated) return { status: 204, headers: {}, body: {} };
	throw notInAccount(account, field, id, known, { status: answer.status });
}
