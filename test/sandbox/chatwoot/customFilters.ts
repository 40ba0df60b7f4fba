import type { Call, Handlers, JsonObject } from '../types';
import { crash, notFound } from './errors';
import type { ChatwootState } from './state';

type FilterCall = Call<ChatwootState>;

export interface ChatwootCustomFilter {
  id: number;
  accountId: number;
  userId: number;
  name: string;
  type: 'conversation' | 'contact' | 'report';
  query: JsonObject;
  createdAt: number;
  updatedAt: number;
}

const TYPES = ['conversation', 'contact', 'report'] as const;

const render = (one: ChatwootCustomFilter): JsonObject => ({
  id: one.id, name: one.name, filter_type: one.type, query: one.query, created_at: new Date(one.createdAt).toISOString(), updated_at: new Date(one.updatedAt).toISOString(),
});

/** Those of the caller; other people's are not found. */
const own = ({ state, params, identity }: FilterCall): ChatwootCustomFilter[] => [...state.customFilters.values()].filter((one) => one.accountId === params.account_id && one.userId === Number(identity.userId));
const find = (call: FilterCall): ChatwootCustomFilter => own(call).find(({ id }) => id === call.params.custom_filter_id) ?? notFound();

function typeOf(value: unknown): ChatwootCustomFilter['type'] {
  return (typeof value === 'number' ? TYPES[value] : TYPES.find((one) => one === value)) ?? crash();
}

/** Saved filters: bare answers, one type at a time, DELETE 204. */
export const customFilters: Handlers<ChatwootState> = {
  listCustomFilters: (call) => ({ status: 200, body: own(call).filter(({ type }) => type === (call.query.filter_type ?? 'conversation')).map(render) }),
  getCustomFilter: (call) => ({ status: 200, body: render(find(call)) }),
  createCustomFilter: ({ state, params, body, identity, clock }) => {
    const at = clock.now();
    const one: ChatwootCustomFilter = {
      id: state.ids.number('customFilter'), accountId: params.account_id, userId: Number(identity.userId), name: body.name, type: typeOf(body.filter_type ?? 'conversation'), query: body.query, createdAt: at, updatedAt: at,
    };
    state.customFilters.set(one.id, one);
    return { status: 200, body: render(one) };
  },
  updateCustomFilter: (call) => {
    const one = find(call);
    const { body, clock } = call;
    if (body.name !== undefined) one.name = body.name;
    if (body.filter_type !== undefined) one.type = typeOf(body.filter_type);
    if (body.query !== undefined) one.query = body.query;
    one.updatedAt = clock.now();
    return { status: 200, body: render(one) };
  },
  deleteCustomFilter: (call) => {
    call.state.customFilters.delete(find(call).id);
    return { status: 204 };
  },
};
