import type { Call, Handlers } from '../types';
import { notFound, refuse } from './errors';
import type { HistoryMessage } from './messages';
import { pageOrCursor } from './paging';
import type { CallbellState } from './state';
import { teamView } from './teams';
import { iso } from './time';
import { channelView } from './channels';
import { notify } from './webhooks';

export interface CallbellContact {
  uuid: string;
  name: string | null;
  source: string;
  /** As given on create; no answer shows it. */
  identifier: string;
  phoneNumber: string | null;
  avatarUrl: string | null;
  blockedAt: number | null;
  createdAt: number;
  activityAt: number;
  closedAt: number | null;
  funnelId: string | null;
  tags: string[];
  assignedUser: string | null;
  customFields: Record<string, string | string[]>;
  teamUuid: string | null;
  channelUuid: string | null;
  bsuid?: string;
  note: string | null;
  botStatus: 'in_progress' | 'started' | 'ended';
  botStartedAt: number | null;
  conversation: string;
  /** Newest first. */
  messages: HistoryMessage[];
}

type C = Call<CallbellState>;

/** What create, update and send share. */
interface ContactFields {
  tags?: string[];
  custom_fields?: Record<string, unknown>;
  assigned_user?: string;
  team_uuid?: string;
  note?: string;
}

/** A person is known once on each channel: by phone on WhatsApp, by the channel's id elsewhere. */
export function keyOf({ source, channelUuid, identifier, phoneNumber }: { source: string; channelUuid: string | null; identifier: string; phoneNumber: string | null }): string {
  return `${channelUuid} ${(source === 'whatsapp' && digitsOf(phoneNumber)) || identifier}`;
}

/** Stores a contact without checks, as the most recently active one. */
export function addContact(state: CallbellState, fields: Partial<CallbellContact> & { source: string; identifier: string }, at: number): CallbellContact {
  const contact: CallbellContact = {
    uuid: state.ids.hex32('contact'), name: null, phoneNumber: null, avatarUrl: null, blockedAt: null, createdAt: at, activityAt: at,
    closedAt: null, funnelId: null, tags: [], assignedUser: null, customFields: {}, teamUuid: null,
    channelUuid: state.channels.find(({ main }) => main)?.uuid ?? null, note: null, botStatus: 'ended', botStartedAt: null,
    conversation: state.ids.hex32('conversation'), messages: [],
    ...fields,
  };
  state.contacts.unshift(contact);
  state.contactsByUuid.set(contact.uuid, contact);
  state.contactsByKey.set(keyOf(contact), contact);
  return contact;
}

/** Activity brings a contact to the front of the list. */
export function touch(state: CallbellState, contact: CallbellContact, at: number): void {
  contact.activityAt = Math.max(at, (state.contacts[0]?.activityAt ?? 0) + 1);
  state.contacts.splice(state.contacts.indexOf(contact), 1);
  state.contacts.unshift(contact);
}

export const digitsOf = (text: string | null | undefined): string => (text ?? '').replace(/\D/g, '');

export function contactByPhone(state: CallbellState, digits: string, channelUuid?: string): CallbellContact | undefined {
  const channel = channelUuid ?? state.channels.find(({ main }) => main)?.uuid ?? null;
  return state.contactsByKey.get(keyOf({ source: 'whatsapp', channelUuid: channel, identifier: digits, phoneNumber: digits }));
}

export function contactView(state: CallbellState, contact: CallbellContact, withTypes = false) {
  const team = state.teams.find(({ uuid }) => uuid === contact.teamUuid);
  const channel = state.channels.find(({ uuid }) => uuid === contact.channelUuid);
  return {
    uuid: contact.uuid,
    name: contact.name,
    phoneNumber: contact.phoneNumber,
    avatarUrl: contact.avatarUrl,
    blockedAt: contact.blockedAt === null ? null : iso(contact.blockedAt),
    createdAt: iso(contact.createdAt),
    source: contact.source,
    funnelId: contact.funnelId,
    closedAt: contact.closedAt === null ? null : iso(contact.closedAt),
    href: `https://dash.callbell.eu/contacts/${contact.uuid}`,
    conversationHref: `https://dash.callbell.eu/chat/${contact.conversation}`,
    tags: contact.tags,
    assignedUser: contact.assignedUser,
    // Checkbox values read back as JSON text.
    customFields: Object.fromEntries(Object.entries(contact.customFields).map(([label, value]) => [label, Array.isArray(value) ? JSON.stringify(value) : value])),
    ...(withTypes ? {
      customFieldsMetadata: Object.fromEntries(state.customFields.map(({ label, type, options }) => [label, { value: contact.customFields[label] ?? null, type, ...(options ? { options } : {}) }])),
    } : {}),
    team: team ? teamView(state, team) : null,
    channel: channel ? channelView(channel) : null,
    ...(contact.bsuid === undefined ? {} : { bsuid: contact.bsuid }),
    note: contact.note,
  };
}

export function contactOf({ state, params }: C): CallbellContact {
  return state.contactsByUuid.get(String(params.uuid)) ?? notFound('contact not found');
}

/**
 * The envelope of one contact; `sample` is what the page of the call shows. 'mixed' follows the samples, but for get
 * and update, where the live service was seen to answer an object.
 */
export function envelope(call: C, contact: CallbellContact, sample: 'array' | 'object', withTypes = false) {
  const wanted = call.options.callbell?.envelope ?? 'mixed';
  const view = contactView(call.state, contact, withTypes);
  return { status: 200, body: { contact: (wanted === 'mixed' ? sample : wanted) === 'array' ? [view] : view } };
}

/** Checks what create and update share; refuses all at once as `{param: [messages]}`. */
export function checkFields(state: CallbellState, body: ContactFields, errors: Record<string, string[]> = {}): void {
  const problem = (param: string, text: string) => (errors[param] ??= []).push(text);
  for (const tag of body.tags ?? []) if (!state.tags.includes(tag)) problem('tags', `'${tag}' does not exist`);
  for (const [label, value] of Object.entries(body.custom_fields ?? {})) {
    const text = customFieldProblem(state, label, value);
    if (text) problem('custom_fields', text);
  }
  if (body.assigned_user !== undefined && !state.users.some(({ email }) => email === body.assigned_user)) problem('assigned_user', 'must be the email of a confirmed user');
  if (body.team_uuid !== undefined && !state.teams.some(({ uuid }) => uuid === body.team_uuid)) problem('team_uuid', 'does not exist');
  if (typeof body.note === 'string' && body.note.length > 1000) problem('note', 'is too long (maximum is 1000 characters)');
  if (Object.keys(errors).length > 0) refuse(400, errors);
}

function customFieldProblem(state: CallbellState, label: string, value: unknown): string | undefined {
  const field = state.customFields.find((one) => one.label === label);
  if (!field) return `'${label}' does not exist`;
  if (field.type === 'checkbox') {
    if (!Array.isArray(value)) return `'${label}' must be a list`;
    const foreign = value.find((one) => !field.options?.includes(one));
    return foreign === undefined ? undefined : `'${label}' has no option '${foreign}'`;
  }
  if (typeof value !== 'string') return `'${label}' must be a string`;
  if (field.type === 'dropdown' && !field.options?.includes(value)) return `'${label}' has no option '${value}'`;
  if (field.type === 'number' && Number.isNaN(Number(value))) return `'${label}' must be a number`;
  if (field.type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) return `'${label}' must be a date (YYYY-MM-DD)`;
  if (field.type === 'email' && !value.includes('@')) return `'${label}' must be an email`;
  return undefined;
}

function applyFields(call: C, contact: CallbellContact): void {
  const { body, clock } = call;
  if (body.name !== undefined) contact.name = body.name;
  // The list replaces the one before.
  if (body.tags !== undefined) contact.tags = [...body.tags];
  if (body.custom_fields !== undefined) contact.customFields = { ...contact.customFields, ...body.custom_fields };
  if (body.assigned_user !== undefined) contact.assignedUser = body.assigned_user;
  if (body.unassign_user === true) contact.assignedUser = null;
  if (body.team_uuid !== undefined) contact.teamUuid = body.team_uuid;
  if (body.note !== undefined) contact.note = body.note === '' ? null : body.note;
  if (body.bot_status !== undefined) setBot(contact, body.bot_status, clock.now());
}

export function setBot(contact: CallbellContact, command: string, at: number): void {
  contact.botStatus = command === 'bot_start' ? 'started' : 'ended';
  if (command === 'bot_start') contact.botStartedAt = at;
}

export const contacts: Handlers<CallbellState> = {
  listContacts({ state, query, clock }) {
    const wanted = (query.tags as string[] | undefined)?.map((tag) => tag.toLowerCase());
    const found = state.contacts.filter((contact) =>
      (query.source === undefined || contact.source === query.source) &&
      (query.team_uuid === undefined || contact.teamUuid === query.team_uuid) &&
      // Whether several tags mean AND or OR is not stated; the case is ignored.
      (wanted === undefined || wanted.length === 0 || contact.tags.some((tag) => wanted.includes(tag.toLowerCase()))));
    const { rows, meta } = pageOrCursor(found, query, { at: ({ activityAt }) => activityAt, id: ({ uuid }) => uuid, createdAt: ({ createdAt }) => createdAt }, clock.now());
    return { status: 200, body: { contacts: rows.map((contact) => contactView(state, contact, query.include_field_types === true)), meta } };
  },

  createContact(call) {
    const { state, body, clock } = call;
    const errors: Record<string, string[]> = {};
    for (const key of ['identifier', 'name'] as const) if (String(body[key]).trim() === '') errors[key] = ['must be present and not empty'];
    // A WhatsApp identifier is the phone number; what the service answers to other text is not documented.
    if (body.source === 'whatsapp' && !errors.identifier && !/^\+?[\d ]{8,20}$/.test(body.identifier)) errors.identifier = ['is invalid'];
    const channel = body.channel_uuid === undefined
      ? state.channels.find(({ type, main, discardedAt }) => type === body.source && !discardedAt && (type !== 'whatsapp' || main))
      : state.channels.find(({ uuid, discardedAt }) => uuid === body.channel_uuid && !discardedAt);
    if (!channel) errors[body.channel_uuid === undefined ? 'source' : 'channel_uuid'] = ['has no active channel'];
    // What really happens with a contact that exists is not documented.
    else if (state.contactsByKey.has(keyOf({ source: body.source, channelUuid: channel.uuid, identifier: body.identifier, phoneNumber: body.identifier }))) {
      errors.identifier = ['has already been taken'];
    }
    checkFields(state, body, errors);
    const contact = addContact(state, {
      source: body.source, identifier: body.identifier, phoneNumber: body.source === 'whatsapp' ? body.identifier : null, channelUuid: channel!.uuid,
    }, clock.now());
    applyFields(call, contact);
    touch(state, contact, clock.now());
    notify(call, 'contact_created', contactView(state, contact));
    return envelope(call, contact, 'array');
  },

  getContact: (call) => envelope(call, contactOf(call), 'object', call.query.include_field_types === true),

  updateContact(call) {
    const contact = contactOf(call);
    checkFields(call.state, call.body);
    applyFields(call, contact);
    notify(call, 'contact_updated', contactView(call.state, contact));
    return envelope(call, contact, 'object');
  },

  deleteContact(call) {
    const { state, clock } = call;
    const contact = contactOf(call);
    state.contacts.splice(state.contacts.indexOf(contact), 1);
    state.contactsByUuid.delete(contact.uuid);
    state.contactsByKey.delete(keyOf(contact));
    notify(call, 'contact_deleted', { uuid: contact.uuid, deleted: iso(clock.now()) });
    return { status: 200, body: { status: 'contact was destroyed' } };
  },

  getContactByPhone(call) {
    const contact = contactByPhone(call.state, digitsOf(call.params.phone_number), call.query.channel_uuid);
    return contact ? envelope(call, contact, 'object') : notFound('contact not found');
  },

  getContactByBsuid(call) {
    const contact = call.state.contacts.find(({ bsuid }) => bsuid !== undefined && bsuid === call.params.bsuid);
    return contact ? envelope(call, contact, 'object') : notFound('contact not found');
  },
};
