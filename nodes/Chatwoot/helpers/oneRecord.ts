import type { IDataObject } from 'n8n-workflow';

import type { Answer, Call } from '../../shared/http/httpClient';
import type { AccountClient } from '../transport/client';
import { rowsIn } from '../transport/answers';

/** A record that Chatwoot answers HTTP 500 for when it does not know it. */
interface OneRecord {
	/** Path of the list that has it. */
	list: string;
	isIt(row: IDataObject): boolean;
	/** As people call it: "campaign 12". */
	name: string;
	/** How to get unstuck. */
	advice: string;
}

/**
 * Sends a call about a record of a kind whose unknown IDs make the server stumble (500, not 404). Whether it is that or
 * a fault of the server is looked up in the list.
 *
 * @throws NodeApiError
 */
export async function exchangeAboutOne(account: AccountClient, call: Call, { list, isIt, name, advice }: OneRecord): Promise<Answer> {
	const answer = await account.exchange({ ...call, accept: [500] });
	if (answer.status !== 500) return answer;
	const known = await account.get<unknown>(list).then((rows) => rowsIn(rows).some(isIt), () => undefined);
	if (known !== false) throw account.refusal(answer, call);
	// The first try took it away, only its answer was lost.
	if (call.method === 'DELETE' && answer.repeated) return { status: 204, headers: {}, body: {} };
	throw account.http.error(`Chatwoot does not know ${name}`, `${advice} (The server answers HTTP 500 to that.)`, answer.status);
}
