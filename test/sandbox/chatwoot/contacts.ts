import { randomUUID } from 'node:crypto';
import type { Call, Handlers, JsonObject } from '../types';
import { contactFilter } from './contactFilter';
import { crash, invalid, missing, notFound } from './errors';
import { publish } from './events';
import { sentLabels, storedLabels } from './labels';
import { findInbox, inboxRow, slimInbox, visibleInboxes } from './inboxes';
import { serverVersion } from './profile';
import { accountKey, byLot, sourceKey, type ChatwootInbox, type ChatwootState } from './state';

export interface ChatwootContact {
  id: number;
  accountId: number;
  name: string | null;
  email: string | null;
  phoneNumber: string | null;
  identifier: string | null;
  blocked: boolean;
  thumbnail: string;
  additionalAttributes: JsonObject;
  customAttributes: JsonObject;
  labels: string[];
  lastActivityAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** A contact's address in an inbox. */
export interface ContactInboxLink {
  id: number;
  contactId: number;
  inboxId: number;
  sourceId: string;
  hmacVerified: boolean;
  /** Token of the contact in the contact-side API. */
  pubsubToken: string;
}

type ContactCall = Call<ChatwootState>;

const PAGE = 15;
const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Runs when a contact is deleted; resources that belong to contacts add themselves. */
export const onContactDeleted: Array<(state: ChatwootState, contactId: number) => void> = [
  (state, contactId) => {
    for (const link of state.contactInboxes.with('contact', String(contactId))) state.contactInboxes.delete(link.id);
  },
];

/** Runs when a contact is merged into another; resources that belong to contacts add themselves. */
export const onContactMerged: Array<(state: ChatwootState, fromId: number, toId: number) => void> = [];

export function linksOf(state: ChatwootState, contactId: number): ContactInboxLink[] {
  return state.contactInboxes.with('contact', String(contactId));
}

const renderLink = (state: ChatwootState, link: ContactInboxLink): JsonObject => ({ source_id: link.sourceId, inbox: slimInbox(state.inboxes.get(link.inboxId)!) });

/** @param withLinks false leaves `contact_inboxes` out */
export function renderContact(state: ChatwootState, contact: ChatwootContact, withLinks = true): JsonObject {
  return {
    additional_attributes: contact.additionalAttributes,
    availability_status: state.onlineContacts.has(contact.id) ? 'online' : 'offline',
    email: contact.email, id: contact.id, name: contact.name, phone_number: contact.phoneNumber, blocked: contact.blocked, identifier: contact.identifier,
    thumbnail: contact.thumbnail, custom_attributes: contact.customAttributes,
    ...(contact.lastActivityAt === null ? {} : { last_activity_at: seconds(contact.lastActivityAt) }),
    created_at: seconds(contact.createdAt),
    ...(withLinks ? { contact_inboxes: linksOf(state, contact.id).map((link) => renderLink(state, link)) } : {}),
  };
}

/** The contact inside webhook payloads. */
export function hookContact(state: ChatwootState, contact: ChatwootContact): JsonObject {
  const account = state.accounts.get(contact.accountId)!;
  return {
    account: { id: account.id, name: account.name }, additional_attributes: contact.additionalAttributes, avatar: contact.thumbnail, custom_attributes: contact.customAttributes,
    email: contact.email, id: contact.id, identifier: contact.identifier, name: contact.name, phone_number: contact.phoneNumber, thumbnail: contact.thumbnail, blocked: contact.blocked,
  };
}

/** A contact of the account or 404. */
export function findContact(state: ChatwootState, accountId: number, id: unknown): ChatwootContact {
  const contact = state.contacts.get(Number(id));
  return contact?.accountId === accountId ? contact : notFound();
}

/** What the list, the filter and the global search show: contacts that can be reached somehow. */
export function isResolved(contact: ChatwootContact): boolean {
  return Boolean(contact.email) || Boolean(contact.phoneNumber) || Boolean(contact.identifier);
}

const withLinks = (query: { include_contact_inboxes?: string }): boolean => (query.include_contact_inboxes ?? 'true') === 'true';

type SortValue = string | number | null | undefined;
const SORTS: Record<string, (contact: ChatwootContact) => SortValue> = {
  name: (one) => one.name, email: (one) => one.email, phone_number: (one) => one.phoneNumber, last_activity_at: (one) => one.lastActivityAt, created_at: (one) => one.createdAt,
  company_name: (one) => one.additionalAttributes.company_name as SortValue, city: (one) => one.additionalAttributes.city as SortValue, country: (one) => one.additionalAttributes.country as SortValue,
};

/**
 * Nulls last.
 *
 * @param between the order of equal values; by ID unless the state says otherwise
 */
export function sortContacts(rows: ChatwootContact[], sort: string | undefined, between = (a: ChatwootContact, b: ChatwootContact) => a.id - b.id): ChatwootContact[] {
  const read = sort === undefined ? undefined : SORTS[sort.replace(/^-/, '')];
  if (!read) return rows;
  const sign = sort!.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [read(a) ?? null, read(b) ?? null];
    if (left === right) return between(a, b);
    if (left === null) return 1;
    if (right === null) return -1;
    return (left < right ? -1 : 1) * sign;
  });
}

const shifts = new WeakMap<ChatwootState, number>();

/** No order was asked for: as PostgreSQL's synchronised scans, each call may start at another row. */
function inNoOrder(state: ChatwootState, rows: ChatwootContact[]): ChatwootContact[] {
  if (rows.length <= PAGE) return rows;
  const shift = (shifts.get(state) ?? 0) + 1;
  shifts.set(state, shift);
  const start = (shift * 7) % rows.length;
  return [...rows.slice(start), ...rows.slice(0, start)];
}

interface SortedList { version: number; rows: ChatwootContact[] }
const sortedLists = new WeakMap<ChatwootState, Map<string, SortedList>>();

/** Sorting thousands of rows for each page would be quadratic; a list is kept until a contact changes. */
function cachedList(state: ChatwootState, key: string, make: () => ChatwootContact[]): ChatwootContact[] {
  const lists = sortedLists.get(state) ?? new Map<string, SortedList>();
  sortedLists.set(state, lists);
  const known = lists.get(key);
  if (known?.version === state.contacts.version) return known.rows;
  const rows = make();
  if (lists.size > 50) lists.clear();
  lists.set(key, { version: state.contacts.version, rows });
  return rows;
}

function ordered(state: ChatwootState, rows: ChatwootContact[], sort: string | undefined, page = 1): ChatwootContact[] {
  return sort !== undefined && SORTS[sort.replace(/^-/, '')] ? sortContacts(rows, sort, (a, b) => byLot(state, a, b, page)) : inNoOrder(state, rows);
}

/** The number of the page, and `current_page` as the server says it: the text that was sent, or the number 1. */
export function pageOf(call: { query: { page?: number } }): { page: number; current: string | number } {
  return call.query.page === undefined ? { page: 1, current: 1 } : { page: Math.max(1, call.query.page), current: String(call.query.page) };
}

export const slice = <T>(rows: T[], page: number, size = PAGE): T[] => rows.slice((page - 1) * size, page * size);

const EMAIL = /^[^@\s]+@[^@\s]+$/;
// Not anchored at the start, as in the server: tel:+4912 passes.
const PHONE = /\+[1-9]\d{1,14}$/;

interface ContactValues {
  name?: string | null;
  email?: string | null;
  phone_number?: string | null;
  identifier?: string | null;
  blocked?: boolean | null;
  additional_attributes?: JsonObject;
  custom_attributes?: JsonObject;
  avatar_url?: string;
}

/** The model's validations, in its order. */
function validate(state: ChatwootState, accountId: number, values: ContactValues, self?: ChatwootContact): void {
  const errors: Array<[string, string]> = [];
  const taken = (index: 'email' | 'phone' | 'identifier', value: string): boolean => state.contacts.with(index, accountKey(accountId, value)).some((one) => one !== self);
  const { email, identifier, name } = values;
  // The phone alone has no unique index, so that it is looked at in every write, also of something else: a twin lets itself not be changed.
  const phone = values.phone_number === undefined ? self?.phoneNumber : values.phone_number;
  if (name && [...name].length > 255) errors.push(['name', 'Name is too long (maximum is 255 characters)']);
  if (email) {
    if (taken('email', email.toLowerCase())) errors.push(['email', 'Email has already been taken']);
    if (!EMAIL.test(email)) errors.push(['email', 'Email Invalid email']);
  }
  if (identifier && taken('identifier', identifier)) errors.push(['identifier', 'Identifier has already been taken']);
  if (phone) {
    if (taken('phone', phone)) errors.push(['phone_number', 'Phone number has already been taken']);
    if (!PHONE.test(phone)) errors.push(['phone_number', 'Phone number should be in e164 format']);
  }
  if (errors.length > 0) invalid(errors);
  // Empty text passes the validation but not the unique index of the table.
  if (identifier === '' && taken('identifier', '')) crash();
  if (values.blocked === null) crash();
}

/** Writes what was sent; both attribute objects come merged. */
function assign(contact: ChatwootContact, values: ContactValues, at: number): void {
  if (values.name !== undefined) contact.name = values.name;
  if (values.email !== undefined) contact.email = values.email ? values.email.toLowerCase() : null;
  if (values.phone_number !== undefined) contact.phoneNumber = values.phone_number;
  if (values.identifier !== undefined) contact.identifier = values.identifier;
  if (values.blocked !== undefined && values.blocked !== null) contact.blocked = values.blocked;
  if (values.additional_attributes) contact.additionalAttributes = { ...values.additional_attributes };
  if (values.custom_attributes) contact.customAttributes = { ...values.custom_attributes };
  contact.updatedAt = at;
}

/** The avatar: a file at once, an address a little later. */
function avatar({ state, files, body, background, url, options }: ContactCall, contact: ChatwootContact): void {
  const stored = (name: string): string => `${url}/rails/active_storage/representations/redirect/${contact.id}/${encodeURIComponent(name)}`;
  const file = files.find((one) => one.field === 'avatar');
  if (file) contact.thumbnail = stored(file.filename);
  else if (body.avatar_url) {
    background(async () => {
      await commit({ options });
      if (state.contacts.has(contact.id)) contact.thumbnail = stored(String(body.avatar_url).split('/').at(-1)!);
    });
  }
}

const TAKES_OVER: ReadonlySet<string> = new Set(['Channel::Email', 'Channel::Sms', 'Channel::TwilioSms', 'Channel::Whatsapp']);

/** What the server makes up as source_id; 422 without the address, 500 for channels that have none. */
function generatedSourceId(inbox: ChatwootInbox, contact: ChatwootContact): string {
  const phone = (): string => contact.phoneNumber || missing('contact phone number');
  switch (inbox.channelType) {
    case 'Channel::WebWidget':
    case 'Channel::Api': return randomUUID();
    case 'Channel::Email': return contact.email || missing('contact email');
    case 'Channel::Sms': return phone();
    case 'Channel::TwilioSms': return inbox.channel.medium === 'whatsapp' ? `whatsapp:${phone()}` : phone();
    case 'Channel::Whatsapp': return phone().replace(/\D/g, '');
    default: return crash();
  }
}

const SOURCE_FORMS: Record<string, { form: RegExp; text: string; name: string }> = {
  'Channel::Whatsapp': { form: /^(?:\d{1,15}|[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})$/, text: '(?-mix:\\A(?:\\d{1,15}|[A-Z]{2}\\.(?:ENT\\.)?[A-Za-z0-9]{1,128})\\z)', name: 'whatsapp' },
  'Channel::TwilioSms sms': { form: /^\+\d{1,15}$/, text: '(?-mix:^\\+\\d{1,15}\\z)', name: 'Twilio SMS' },
  'Channel::TwilioSms whatsapp': { form: /^whatsapp:\+\d{1,15}$/, text: '(?-mix:^whatsapp:\\+\\d{1,15}\\z)', name: 'Twilio WhatsApp' },
};

/**
 * Links a contact to an inbox, or returns the link that exists. A source_id that another contact holds is taken over
 * in e-mail, SMS, Twilio and WhatsApp inboxes, and ends in 500 elsewhere.
 */
export function linkToInbox(state: ChatwootState, contact: ChatwootContact, inbox: ChatwootInbox, sent: string | undefined, hmacVerified = false): ContactInboxLink {
  const sourceId = sent || generatedSourceId(inbox, contact);
  const expected = SOURCE_FORMS[inbox.channelType === 'Channel::TwilioSms' ? `Channel::TwilioSms ${String(inbox.channel.medium)}` : inbox.channelType];
  if (expected && !expected.form.test(sourceId)) invalid([['source_id', `Source invalid source id for ${expected.name} inbox. valid Regex ${expected.text}`]]);
  const holder = state.contactInboxes.with('source', sourceKey(inbox.id, sourceId))[0];
  if (holder?.contactId === contact.id) return holder;
  if (holder) {
    if (!TAKES_OVER.has(inbox.channelType)) crash();
    // The old link gets a longer name, which a phone number's form may not allow.
    const renamed = `${sourceId}${state.ids.number('takenOver', 10_000_000)}`;
    if (expected && !expected.form.test(renamed)) invalid([['source_id', `Source invalid source id for ${expected.name} inbox. valid Regex ${expected.text}`]]);
    state.contactInboxes.change(holder.id, (one) => { one.sourceId = renamed; });
  }
  const link: ContactInboxLink = { id: state.ids.number('contactInbox'), contactId: contact.id, inboxId: inbox.id, sourceId, hmacVerified, pubsubToken: state.ids.hex32('pubsub') };
  state.contactInboxes.set(link.id, link);
  return link;
}

/** Creates a contact as the model does; also for other ways in (public API, import). */
export function createContact(state: ChatwootState, accountId: number, values: ContactValues, at: number): ChatwootContact {
  validate(state, accountId, values);
  return insert(state, accountId, values, at);
}

/** The write alone: e-mail and identifier have a unique index, whose breach nobody catches; phones have none. */
export function insert(state: ChatwootState, accountId: number, values: ContactValues, at: number): ChatwootContact {
  const held = (index: 'email' | 'identifier', value: string | null | undefined): boolean => value !== null && value !== undefined && state.contacts.with(index, accountKey(accountId, value)).length > 0;
  if (held('email', values.email ? values.email.toLowerCase() : null) || held('identifier', values.identifier)) crash();
  const contact: ChatwootContact = {
    id: state.ids.number('contact'), accountId, name: '', email: null, phoneNumber: null, identifier: null, blocked: false, thumbnail: '',
    additionalAttributes: {}, customAttributes: {}, labels: [], lastActivityAt: null, createdAt: at, updatedAt: at,
  };
  assign(contact, values, at);
  state.contacts.set(contact.id, contact);
  return contact;
}

/** The time between the checks of a write and its commit, in which other requests get their turn: the server locks nothing. */
export const commit = async ({ options }: Pick<ContactCall, 'options'>): Promise<void> => await new Promise((resolve) => { setTimeout(resolve, options.chatwoot?.commitMs ?? 1); });

async function create(call: ContactCall): Promise<{ contact: ChatwootContact; inbox: ChatwootInbox | undefined; link: ContactInboxLink | undefined }> {
  const { state, params, body, clock } = call;
  validate(state, params.account_id, body);
  await commit(call);
  const contact = insert(state, params.account_id, body, clock.now());
  try {
    const inbox = body.inbox_id === undefined ? undefined : findInbox(state, params.account_id, body.inbox_id);
    const link = inbox && linkToInbox(state, contact, inbox, body.source_id);
    avatar(call, contact);
    publish(call, contact.accountId, 'contact_created', hookContact(state, contact));
    return { contact, inbox, link };
  } catch (problem) {
    // One transaction: nothing is left behind.
    state.contacts.delete(contact.id);
    throw problem;
  }
}

/** Tells the account's webhooks, with the values before and after, when something changed. */
function changed(call: Pick<ContactCall, 'state' | 'deliver' | 'clock'>, contact: ChatwootContact, before: JsonObject): void {
  const after = hookContact(call.state, contact);
  const differences = ['name', 'email', 'phone_number', 'identifier', 'blocked', 'additional_attributes', 'custom_attributes']
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ [key]: { previous_value: before[key] ?? null, current_value: after[key] ?? null } }));
  const at = new Date(contact.updatedAt).toISOString();
  if (differences.length > 0) publish(call, contact.accountId, 'contact_updated', { ...after, changed_attributes: [...differences, { updated_at: { previous_value: at, current_value: at } }] });
}

/** A contact has said something. */
export function contactSpoke(call: Pick<ContactCall, 'state' | 'deliver' | 'clock'>, contactId: number): void {
  const { state, clock } = call;
  const contact = state.contacts.get(contactId);
  if (!contact) return;
  const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  const before = { last_activity_at: iso(contact.lastActivityAt), updated_at: iso(contact.updatedAt) };
  state.contacts.change(contact.id, (one) => { one.lastActivityAt = clock.now(); one.updatedAt = clock.now(); });
  const after = { last_activity_at: iso(contact.lastActivityAt), updated_at: iso(contact.updatedAt) };
  const changes = (['last_activity_at', 'updated_at'] as const).map((key) => ({ [key]: { previous_value: before[key], current_value: after[key] } }));
  publish(call, contact.accountId, 'contact_updated', { ...hookContact(state, contact), changed_attributes: changes });
}

/** Changes a contact as the model does. */
export function updateContact(call: Pick<ContactCall, 'state' | 'deliver' | 'clock'>, contact: ChatwootContact, values: ContactValues): ChatwootContact {
  const { state, clock } = call;
  validate(state, contact.accountId, values, contact);
  const before = structuredClone(hookContact(state, contact));
  state.contacts.change(contact.id, (one) => assign(one, values, clock.now()));
  changed(call, contact, before);
  return contact;
}

const update = async (call: ContactCall): Promise<{ status: number; body: JsonObject }> => {
  const contact = findContact(call.state, call.params.account_id, call.params.contact_id);
  const { additional_attributes: additional, custom_attributes: custom } = call.body as ContactValues;
  // Both are read, merged and written back as a whole.
  const merged = { ...(additional ? { additional_attributes: { ...contact.additionalAttributes, ...additional } } : {}), ...(custom ? { custom_attributes: { ...contact.customAttributes, ...custom } } : {}) };
  await commit(call);
  updateContact(call, contact, { ...call.body, ...merged });
  avatar(call, contact);
  return { status: 200, body: { payload: renderContact(call.state, contact, withLinks(call.query)) } };
};

const searchCountIsPage = (call: ContactCall): boolean => {
  const [major = 4, minor = 0] = serverVersion(call.options).split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 11);
};

export const contacts: Handlers<ChatwootState> = {
  listContacts: (call) => {
    const { state, params, query } = call;
    const { page, current } = pageOf(call);
    const wanted = query['labels[]'] as string[] | undefined;
    const select = (): ChatwootContact[] => state.contacts.with('account', String(params.account_id)).filter((one) => isResolved(one) && (!wanted?.length || one.labels.some((label) => wanted.includes(label))));
    const sorted = query.sort !== undefined && !wanted?.length && !state.equalTimesInNoOrder;
    const rows = sorted
      ? cachedList(state, `${params.account_id} ${query.sort}`, () => ordered(state, select(), query.sort))
      : ordered(state, select(), query.sort, page);
    return { status: 200, body: { meta: { count: rows.length, current_page: current }, payload: slice(rows, page).map((one) => renderContact(state, one, withLinks(query))) } };
  },

  searchContacts: (call) => {
    const { state, params, query } = call;
    const { page, current } = pageOf(call);
    const q = String(query.q ?? '').trim();
    // A page below the first is an offset that the database refuses; the other lists take it for the first.
    if (query.page !== undefined && query.page < 1) crash();
    if (q === '') return { status: 200, body: { meta: { count: null, current_page: current, has_more: null }, payload: [] } };
    const folded = q.toLowerCase();
    const found = state.contacts.with('account', String(params.account_id)).filter((one) => (
      [one.name, one.email, one.phoneNumber].some((text) => text?.toLowerCase().includes(folded)) || one.identifier?.includes(q)
    ));
    const rows = ordered(state, found, query.sort, page);
    const shown = slice(rows, page);
    return {
      status: 200,
      body: {
        meta: { count: searchCountIsPage(call) ? shown.length : rows.length, current_page: current, has_more: searchCountIsPage(call) ? rows.length > page * PAGE : null },
        payload: shown.map((one) => renderContact(state, one, withLinks(query))),
      },
    };
  },

  filterContacts: (call) => {
    const { state, params, query, body } = call;
    const { page, current } = pageOf(call);
    const test = contactFilter(state, params.account_id, body.payload);
    const rows = ordered(state, state.contacts.with('account', String(params.account_id)).filter((one) => isResolved(one) && test(one)), query.sort, page);
    return { status: 200, body: { meta: { count: rows.length, current_page: current }, payload: slice(rows, page).map((one) => renderContact(state, one, withLinks(query))) } };
  },

  createContact: async (call) => {
    const { contact, inbox, link } = await create(call);
    return { status: 200, body: { payload: { contact: renderContact(call.state, contact), contact_inbox: { inbox: inbox ? inboxRow(inbox) : null, source_id: link?.sourceId ?? null } } } };
  },

  getContact: ({ state, params, query }) => ({ status: 200, body: { payload: renderContact(state, findContact(state, params.account_id, params.contact_id), withLinks(query)) } }),
  updateContact: update,
  patchContact: update,

  deleteContact: ({ state, params, background }) => {
    const contact = findContact(state, params.account_id, params.contact_id);
    if (state.onlineContacts.has(contact.id)) return { status: 422, body: { message: `${contact.name ?? ''} is Online, please try again later` } };
    state.contacts.delete(contact.id);
    background(() => { for (const forget of onContactDeleted) forget(state, contact.id); });
    return { status: 200 };
  },

  removeContactCustomAttributes: (call) => {
    const { state, params, body, clock } = call;
    const contact = findContact(state, params.account_id, params.contact_id);
    const before = structuredClone(hookContact(state, contact));
    state.contacts.change(contact.id, (one) => {
      one.customAttributes = Object.fromEntries(Object.entries(one.customAttributes).filter(([key]) => !body.custom_attributes.includes(key)));
      one.updatedAt = clock.now();
    });
    changed(call, contact, before);
    return { status: 200, body: { payload: renderContact(state, contact) } };
  },

  listContactLabels: ({ state, params }) => ({ status: 200, body: { payload: findContact(state, params.account_id, params.contact_id).labels } }),

  // The list sent becomes the whole set; no list clears it; titles nobody defined are accepted.
  setContactLabels: (call) => {
    const { state, params, body } = call;
    const contact = findContact(state, params.account_id, params.contact_id);
    validate(state, contact.accountId, {}, contact);
    const sent = sentLabels(body.labels);
    const before = contact.labels;
    state.contacts.change(contact.id, (one) => { one.labels = storedLabels(state, sent); });
    if (before.join() !== contact.labels.join()) publish(call, contact.accountId, 'contact_updated', { ...hookContact(state, contact), changed_attributes: [{ label_list: { previous_value: before, current_value: contact.labels } }] });
    // The answer is what was sent, not what was stored.
    return { status: 200, body: { payload: sent } };
  },

  listContactableInboxes: (call) => {
    const { state, params } = call;
    const contact = findContact(state, params.account_id, params.contact_id);
    const payload = visibleInboxes(call).flatMap((inbox): JsonObject[] => {
      const link = linksOf(state, contact.id).filter((one) => one.inboxId === inbox.id).at(-1);
      const sourceId = ((): string | undefined => {
        switch (inbox.channelType) {
          // Without a link, an address that is made up and forgotten.
          case 'Channel::Api': return link?.sourceId ?? randomUUID();
          case 'Channel::WebWidget': return link?.sourceId;
          case 'Channel::Email': return contact.email ?? undefined;
          case 'Channel::Sms': return contact.phoneNumber ?? undefined;
          case 'Channel::Whatsapp': return contact.phoneNumber?.replace(/\D/g, '');
          case 'Channel::TwilioSms': return contact.phoneNumber ? `${inbox.channel.medium === 'whatsapp' ? 'whatsapp:' : ''}${contact.phoneNumber}` : undefined;
          default: return undefined;
        }
      })();
      return sourceId ? [{ source_id: sourceId, inbox: slimInbox(inbox) }] : [];
    });
    return { status: 200, body: { payload } };
  },

  createContactInbox: ({ state, params, body }) => {
    const contact = findContact(state, params.account_id, params.contact_id);
    const inbox = findInbox(state, params.account_id, body.inbox_id);
    return { status: 200, body: renderLink(state, linkToInbox(state, contact, inbox, body.source_id, body.hmac_verified)) };
  },

  // No hit: 404 with an empty body; unknown inbox: 404 with one.
  findContactBySourceId: ({ state, params, body }) => {
    const inbox = findInbox(state, params.account_id, body.inbox_id);
    const link = state.contactInboxes.with('source', sourceKey(inbox.id, body.source_id))[0];
    return link ? { status: 200, body: renderContact(state, state.contacts.get(link.contactId)!) } : { status: 404 };
  },

  listActiveContacts: (call) => {
    const { state, params, query } = call;
    const { page, current } = pageOf(call);
    const rows = ordered(state, state.contacts.with('account', String(params.account_id)).filter((one) => state.onlineContacts.has(one.id)), query.sort);
    return { status: 200, body: { meta: { count: rows.length, current_page: current }, payload: slice(rows, page).map((one) => renderContact(state, one, withLinks(query))) } };
  },

  deleteContactAvatar: ({ state, params }) => {
    const contact = findContact(state, params.account_id, params.contact_id);
    contact.thumbnail = '';
    return { status: 200, body: { payload: renderContact(state, contact, false) } };
  },

  // The base wins; its gaps are filled from the other, which is then deleted. The same id twice changes nothing.
  mergeContacts: (call) => {
    const { state, params, body, clock } = call;
    const base = findContact(state, params.account_id, body.base_contact_id);
    const mergee = findContact(state, params.account_id, body.mergee_contact_id);
    if (base === mergee) return { status: 200, body: renderContact(state, base, false) };
    const before = structuredClone(hookContact(state, base));
    for (const link of linksOf(state, mergee.id)) state.contactInboxes.change(link.id, (one) => { one.contactId = base.id; });
    for (const move of onContactMerged) move(state, mergee.id, base.id);
    state.contacts.delete(mergee.id);
    state.contacts.change(base.id, (one) => {
      one.name = one.name || mergee.name;
      one.email ??= mergee.email;
      one.phoneNumber ??= mergee.phoneNumber;
      one.identifier ??= mergee.identifier;
      one.additionalAttributes = { ...mergee.additionalAttributes, ...one.additionalAttributes };
      one.customAttributes = { ...mergee.customAttributes, ...one.customAttributes };
      one.updatedAt = clock.now();
    });
    changed(call, base, before);
    return { status: 200, body: renderContact(state, base, false) };
  },
};
