import type { Call, Handlers, JsonObject } from '../types';
import { invalid, notFound } from './errors';
import type { ChatwootState } from './state';

export interface ChatwootCannedResponse {
  id: number;
  accountId: number;
  shortCode: string;
  content: string;
  createdAt: number;
  updatedAt: number;
}

const render = (one: ChatwootCannedResponse): JsonObject => ({
  id: one.id, account_id: one.accountId, short_code: one.shortCode, content: one.content,
  created_at: new Date(one.createdAt).toISOString(), updated_at: new Date(one.updatedAt).toISOString(),
});

function find({ state, params }: Call<ChatwootState>): ChatwootCannedResponse {
  const one = state.cannedResponses.get(params.canned_response_id);
  return one && one.accountId === params.account_id ? one : notFound();
}

function checkCode({ state, params }: Call<ChatwootState>, code: string, self?: ChatwootCannedResponse): void {
  if (code.trim() === '') invalid([['short_code', "Short code can't be blank"]]);
  if ([...state.cannedResponses.values()].some((one) => one !== self && one.accountId === params.account_id && one.shortCode === code)) invalid([['short_code', 'Short code has already been taken']]);
}

/** Best hits first, as the server ranks them: beginning of the code, part of the code, part of the content. */
function rank({ shortCode, content }: ChatwootCannedResponse, text: string): number {
  if (shortCode.toLowerCase().startsWith(text)) return 0;
  if (shortCode.toLowerCase().includes(text)) return 1;
  return content.toLowerCase().includes(text) ? 2 : 3;
}

/** Canned responses: bare answers, no paging, no call for a single one; agents may write them, too. */
export const cannedResponses: Handlers<ChatwootState> = {
  listCannedResponses: ({ state, params, query }) => {
    const all = [...state.cannedResponses.values()].filter((one) => one.accountId === params.account_id);
    const text = String(query.search ?? '').toLowerCase();
    const found = text === '' ? all : all.filter((one) => rank(one, text) < 3).sort((a, b) => rank(a, text) - rank(b, text));
    return { status: 200, body: found.map(render) };
  },
  createCannedResponse: (call) => {
    const { state, params, body, clock } = call;
    checkCode(call, body.short_code);
    const at = clock.now();
    const one: ChatwootCannedResponse = { id: state.ids.number('cannedResponse'), accountId: params.account_id, shortCode: body.short_code, content: body.content, createdAt: at, updatedAt: at };
    state.cannedResponses.set(one.id, one);
    return { status: 200, body: render(one) };
  },
  updateCannedResponse: (call) => {
    const one = find(call);
    const { body, clock } = call;
    if (body.short_code !== undefined) {
      checkCode(call, body.short_code, one);
      one.shortCode = body.short_code;
    }
    if (body.content !== undefined) one.content = body.content;
    one.updatedAt = clock.now();
    return { status: 200, body: render(one) };
  },
  deleteCannedResponse: (call) => {
    call.state.cannedResponses.delete(find(call).id);
    return { status: 200 };
  },
};
