import type { Call, Handlers, JsonObject } from '../types';
import { renderAgent } from './agents';
import { findContact, onContactDeleted, onContactMerged } from './contacts';
import { invalid, notFound } from './errors';
import type { ChatwootState } from './state';

export interface ChatwootNote {
  id: number;
  accountId: number;
  contactId: number;
  userId: number | null;
  content: string;
  createdAt: number;
  updatedAt: number;
}

onContactDeleted.push((state, contactId) => {
  for (const note of state.notes.values()) if (note.contactId === contactId) state.notes.delete(note.id);
});
onContactMerged.push((state, fromId, toId) => {
  for (const note of state.notes.values()) if (note.contactId === fromId) note.contactId = toId;
});

/** `account_id` and `contact_id` are always null: a slip in the server's view. */
function render(state: ChatwootState, note: ChatwootNote): JsonObject {
  return {
    id: note.id, content: note.content, account_id: null, contact_id: null,
    ...(note.userId === null ? {} : { user: renderAgent(state, note.accountId, note.userId) }),
    created_at: Math.floor(note.createdAt / 1000), updated_at: Math.floor(note.updatedAt / 1000),
  };
}

function find({ state, params }: Call<ChatwootState>): ChatwootNote {
  const contact = findContact(state, params.account_id, params.contact_id);
  const note = state.notes.get(params.note_id);
  return note?.contactId === contact.id ? note : notFound();
}

export const notes: Handlers<ChatwootState> = {
  listContactNotes: ({ state, params }) => {
    const contact = findContact(state, params.account_id, params.contact_id);
    return { status: 200, body: [...state.notes.values()].filter((one) => one.contactId === contact.id).reverse().map((one) => render(state, one)) };
  },
  createContactNote: ({ state, params, body, clock, identity }) => {
    const contact = findContact(state, params.account_id, params.contact_id);
    if (!String(body.content ?? '').trim()) invalid([['content', "Content can't be blank"]]);
    const at = clock.now();
    const note: ChatwootNote = { id: state.ids.number('note'), accountId: contact.accountId, contactId: contact.id, userId: Number(identity.userId), content: body.content, createdAt: at, updatedAt: at };
    state.notes.set(note.id, note);
    return { status: 200, body: render(state, note) };
  },
  getContactNote: (call) => ({ status: 200, body: render(call.state, find(call)) }),
  // What the model refuses is echoed with a 200 and not stored.
  updateContactNote: (call) => {
    const note = find(call);
    const { content } = call.body as { content: string };
    if (!content.trim() || content.length > 20_000) return { status: 200, body: render(call.state, { ...note, content }) };
    Object.assign(note, { content, userId: Number(call.identity.userId), updatedAt: call.clock.now() });
    return { status: 200, body: render(call.state, note) };
  },
  deleteContactNote: (call) => {
    call.state.notes.delete(find(call).id);
    return { status: 200 };
  },
};
