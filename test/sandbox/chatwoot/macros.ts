import { Refusal } from '../types';
import type { Call, Handlers, JsonObject } from '../types';
import { renderAgent } from './agents';
import { changeConversation, type ChatwootConversation } from './conversations';
import { crash, refuse } from './errors';
import { addMessage } from './messages';
import type { ChatwootState } from './state';

type MacroCall = Call<ChatwootState>;
/** What carrying out an action needs. */
type Acting = Pick<MacroCall, 'state' | 'deliver' | 'clock' | 'identity'> & Partial<Pick<MacroCall, 'background'>>;

export interface ChatwootMacro {
  id: number;
  accountId: number;
  name: string;
  visibility: 'personal' | 'global' | null;
  actions: Array<{ action_name: string; action_params?: Array<string | number> | null }>;
  files?: Array<{ id: number; blobId: number; uploadId: string; filename: string; contentType: string; url: string }>;
  createdBy: number;
  updatedBy: number;
}

function render({ state }: MacroCall, one: ChatwootMacro): JsonObject {
  return {
    id: one.id, name: one.name, visibility: one.visibility, created_by: renderAgent(state, one.accountId, one.createdBy), updated_by: renderAgent(state, one.accountId, one.updatedBy),
    account_id: one.accountId, actions: one.actions as unknown as JsonObject[],
    ...(one.files?.length ? {
      files: one.files.map((file) => ({ id: file.id, macro_id: one.id, file_type: file.contentType, account_id: one.accountId, file_url: file.url, blob_id: file.blobId, filename: file.filename })),
    } : {}),
  };
}

const known = ({ state, params }: MacroCall): ChatwootMacro | undefined => {
  const one = state.macros.get(params.macro_id);
  return one?.accountId === params.account_id ? one : undefined;
};

/** Unknown: 404 with an empty body; somebody else's personal one: 401. */
function find(call: MacroCall): ChatwootMacro {
  const one = known(call);
  if (!one) throw new Refusal({ status: 404 });
  if (one.visibility !== 'global' && one.createdBy !== Number(call.identity.userId)) refuse(401, 'You are not authorized to do this action');
  return one;
}

/** Global ones need an administrator. */
function writable(call: MacroCall): ChatwootMacro {
  const one = find(call);
  if (one.visibility === 'global' && call.identity.role !== 'administrator') refuse(401, 'You are not authorized to do this action');
  return one;
}

const visibility = ({ identity, body }: MacroCall): ChatwootMacro['visibility'] => (identity.role === 'agent' ? 'personal' : body.visibility ?? null);

/** Signed upload IDs become the numbers of the stored files; a number has to be attached already. */
function attach({ state }: MacroCall, one: ChatwootMacro, actions: ChatwootMacro['actions']): ChatwootMacro['actions'] {
  return actions.map((action) => {
    if (action.action_name !== 'send_attachment') return action;
    const [blob] = action.action_params ?? [];
    const uploadId = String(blob);
    const upload = state.uploads.get(uploadId);
    if (upload) {
      const blobId = state.ids.number('blob');
      (one.files ??= []).push({ id: state.ids.number('attachedFile'), blobId, uploadId, filename: upload.filename, contentType: upload.contentType, url: upload.url });
      return { ...action, action_params: [blobId] };
    }
    if (one.files?.some((file) => file.blobId === Number(blob))) return action;
    return refuse(422, 'Invalid attachment');
  });
}

/** Carries out an action of a macro or a rule. */
export function act(call: Acting, conversation: ChatwootConversation, name: string, params: Array<string | number>, files: ChatwootMacro['files'] = []): void {
  const change = (write: () => void): void => changeConversation(call, conversation, write);
  const [first] = params;
  const simple: Record<string, () => void> = {
    add_label: () => change(() => { conversation.labels = [...new Set([...conversation.labels, ...params.map(String)])]; }),
    remove_label: () => change(() => { conversation.labels = conversation.labels.filter((label) => !params.includes(label)); }),
    assign_agent: () => change(() => { conversation.assigneeId = Number(first); }),
    assign_team: () => change(() => { conversation.teamId = Number(first); }),
    remove_assigned_agent: () => change(() => { conversation.assigneeId = null; }),
    remove_assigned_team: () => change(() => { conversation.teamId = null; }),
    change_status: () => change(() => { conversation.status = first as ChatwootConversation['status']; }),
    // The server's word for none.
    change_priority: () => change(() => { conversation.priority = first === 'nil' ? null : first as ChatwootConversation['priority']; }),
    open_conversation: () => change(() => { conversation.status = 'open'; }),
    pending_conversation: () => change(() => { conversation.status = 'pending'; }),
    resolve_conversation: () => change(() => { conversation.status = 'resolved'; }),
    snooze_conversation: () => change(() => { conversation.status = 'snoozed'; }),
    mute_conversation: () => {
      call.state.contacts.get(conversation.contactId)!.blocked = true;
      change(() => { conversation.status = 'resolved'; });
    },
    send_message: () => void addMessage(call, conversation, { content: String(first) }, call.identity),
    send_attachment: () => void addMessage(call, conversation, { attachments: files.filter((file) => params.includes(file.blobId)).map(({ uploadId }) => uploadId) }, call.identity),
    add_private_note: () => void addMessage(call, conversation, { content: String(first), private: true }, call.identity),
  };
  // Mails and webhook events leave no trace here.
  simple[name]?.();
}

/** Macros: `payload` around everything; executing is queued, and says yes to unknown ids. */
export const macros: Handlers<ChatwootState> = {
  listMacros: (call) => ({
    status: 200,
    body: {
      payload: [...call.state.macros.values()]
        .filter((one) => one.accountId === call.params.account_id && (one.visibility === 'global' || (one.visibility === 'personal' && one.createdBy === Number(call.identity.userId))))
        .map((one) => render(call, one)),
    },
  }),
  getMacro: (call) => ({ status: 200, body: { payload: render(call, find(call)) } }),
  createMacro: (call) => {
    const { state, params, body, identity } = call;
    const user = Number(identity.userId);
    const one: ChatwootMacro = { id: state.ids.number('macro'), accountId: params.account_id, name: body.name, visibility: visibility(call), actions: [], createdBy: user, updatedBy: user };
    one.actions = attach(call, one, body.actions);
    state.macros.set(one.id, one);
    return { status: 200, body: { payload: render(call, one) } };
  },
  updateMacro: (call) => {
    // Found without a check, so that everything after it stumbles.
    if (!known(call)) crash();
    const one = writable(call);
    const { body, identity } = call;
    if (body.name !== undefined) one.name = body.name;
    if (body.actions !== undefined) one.actions = attach(call, one, body.actions);
    one.visibility = visibility(call);
    one.updatedBy = Number(identity.userId);
    return { status: 200, body: { payload: render(call, one) } };
  },
  deleteMacro: (call) => {
    if (!known(call)) crash();
    call.state.macros.delete(writable(call).id);
    return { status: 200 };
  },
  executeMacro: (call) => {
    const one = known(call);
    call.background(() => {
      for (const conversation of call.state.conversations.values()) {
        if (conversation.accountId !== call.params.account_id || !(call.body.conversation_ids as number[]).includes(conversation.displayId)) continue;
        for (const { action_name: name, action_params: params } of one?.actions ?? []) act(call, conversation, name, params ?? [], one?.files);
      }
    });
    return { status: 200 };
  },
};
