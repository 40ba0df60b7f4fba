import type { Handlers, JsonObject } from '../types';
import { invalid, notFound } from './errors';
import type { ChatwootLabel, ChatwootState } from './state';

function render(label: ChatwootLabel): JsonObject {
  return { id: label.id, title: label.title, description: label.description, color: label.color, show_on_sidebar: label.showOnSidebar };
}

function find(state: ChatwootState, accountId: number, id: unknown): ChatwootLabel {
  const label = state.labels.get(Number(id));
  return label?.accountId === accountId ? label : notFound();
}

/** Stored in lower case; two or more letters, digits, hyphens or underscores, starting with a letter or digit. */
function checkedTitle(state: ChatwootState, accountId: number, value: unknown, self?: ChatwootLabel): string {
  const title = typeof value === 'string' ? value.toLowerCase() : '';
  if (title === '') invalid([['title', 'Title must not be blank'], ['title', 'Title is invalid']]);
  if (!/^[\p{L}\p{N}]+[\p{L}\p{N}_-]+$/u.test(title)) invalid([['title', 'Title is invalid']]);
  if ([...state.labels.values()].some((one) => one !== self && one.accountId === accountId && one.title === title)) invalid([['title', 'Title has already been taken']]);
  return title;
}

const now = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** Titles as they were sent, one each: a comma makes two of one. */
export const sentLabels = (sent: unknown): string[] => [...new Set([sent ?? []].flat().flatMap((one) => String(one).split(',')).map((one) => one.trim()).filter(Boolean))];

/** As they are stored: a name that was ever set, by anybody in any case, keeps the spelling of that time. */
export function storedLabels(state: ChatwootState, sent: string[]): string[] {
  return [...new Set(sent.map((name) => {
    const folded = name.toLowerCase();
    if (!state.tags.has(folded)) state.tags.set(folded, name);
    return state.tags.get(folded)!;
  }))];
}

/** What carries labels in an account; the file of each such resource adds its own. */
export const labelHolders: Array<(state: ChatwootState, accountId: number) => Iterable<{ labels: string[] }>> = [
  (state, accountId) => state.contacts.with('account', String(accountId)),
];

/** Carries a new title, or the removal of a label (undefined), over to what has it. */
function retag(state: ChatwootState, accountId: number, from: string, to: string | undefined): void {
  for (const holders of labelHolders) {
    for (const holder of holders(state, accountId)) {
      if (holder.labels.includes(from)) holder.labels = holder.labels.flatMap((one) => (one === from ? (to === undefined ? [] : [to]) : [one]));
    }
  }
}

export const labels: Handlers<ChatwootState> = {
  listLabels: ({ state, params }) => ({
    status: 200,
    body: { payload: [...state.labels.values()].filter((one) => one.accountId === params.account_id).sort((a, b) => a.title.localeCompare(b.title)).map(render) },
  }),
  createLabel: ({ state, params, body, clock }) => {
    const title = checkedTitle(state, params.account_id, body.title);
    const at = now(clock.now());
    const label: ChatwootLabel = {
      id: state.ids.number('label'), accountId: params.account_id, title, description: body.description ?? null, color: body.color ?? '#1f93ff',
      showOnSidebar: body.show_on_sidebar ?? null, createdAt: at, updatedAt: at,
    };
    state.labels.set(label.id, label);
    return { status: 200, body: render(label) };
  },
  getLabel: ({ state, params }) => ({ status: 200, body: render(find(state, params.account_id, params.label_id)) }),
  updateLabel: ({ state, params, body, clock, background }) => {
    const label = find(state, params.account_id, params.label_id);
    const before = label.title;
    if (body.title !== undefined) label.title = checkedTitle(state, params.account_id, body.title, label);
    if (body.description !== undefined) label.description = body.description;
    if (body.color !== undefined) label.color = body.color;
    if (body.show_on_sidebar !== undefined) label.showOnSidebar = body.show_on_sidebar;
    label.updatedAt = now(clock.now());
    if (before !== label.title) background(() => retag(state, params.account_id, before, label.title));
    return { status: 200, body: render(label) };
  },
  deleteLabel: ({ state, params, background }) => {
    const label = find(state, params.account_id, params.label_id);
    state.labels.delete(label.id);
    background(() => retag(state, params.account_id, label.title, undefined));
    return { status: 200 };
  },
};
