import type { Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { cursorPage, offsetPage } from './paging';
import { POLICY } from './policy';
import type { CustomFieldEntity, KinboxState } from './state';
import { dateOf, iso } from './time';

/** Fields a caller may write; v1 knows fewer of them. */
export interface KinboxContactFields {
  name?: string;
  email?: string;
  externalId?: string;
  origin?: string;
  phone?: string;
  location?: string;
  avatar?: string;
  facebookId?: string;
  instagramId?: string;
  telegramId?: string;
  notes?: string;
  isImported?: boolean;
  hasConversation?: boolean;
  newContact?: boolean;
  isPrivate?: boolean;
  customFields?: Record<string, { value?: unknown; type?: string }>;
  crmData?: JsonObject;
  CustomerCustomField?: JsonObject;
}

export interface KinboxContact extends KinboxContactFields {
  id: number;
  _id: string;
  isImported: boolean;
  hasConversation: boolean;
  newContact: boolean;
  isPrivate: boolean;
  customFields: Record<string, { value?: unknown; type?: string }>;
  crmData: JsonObject;
  createdAt: number;
  updatedAt: number;
}

/** Stores a contact without checks; also for seeds and for other ways in (webhooks, legacy API). */
export function addContact(state: KinboxState, fields: KinboxContactFields & { _id?: string }, at: number): KinboxContact {
  const contact: KinboxContact = {
    isImported: false, hasConversation: false, newContact: true, isPrivate: false, customFields: {}, crmData: {},
    ...fields,
    id: state.ids.number('contact', 555), _id: fields._id ?? state.ids.objectId('contact'), createdAt: at, updatedAt: at,
  };
  state.contacts.set(contact.id, contact);
  return contact;
}

export function changeContact(state: KinboxState, contact: KinboxContact, fields: KinboxContactFields, at: number): KinboxContact {
  const merged = POLICY.mergeOnUpdate
    ? {
        ...(fields.customFields ? { customFields: { ...contact.customFields, ...fields.customFields } } : {}),
        ...(fields.crmData ? { crmData: { ...contact.crmData, ...fields.crmData } } : {}),
      }
    : {};
  return state.contacts.change(contact.id, (one) => Object.assign(one, fields, merged, { updatedAt: at }));
}

/** Refuses placeholders that the workspace does not have for this kind of record. */
export function checkCustomFields(state: KinboxState, entity: CustomFieldEntity, values: Record<string, unknown> | undefined): void {
  if (!POLICY.refuseUnknownCustomFields || !values) return;
  const known = new Set([...state.customFields.values()].filter((one) => one.entity === entity && !one.isDeleted).map((one) => one.placeholder));
  const strange = Object.keys(values).filter((key) => !known.has(key));
  if (strange.length > 0) refuse(400, strange.map((key) => `customFields.${key} is not a custom field of ${entity}`));
}

const ADDRESSES = ['phone', 'email', 'externalId', 'facebookId', 'instagramId', 'telegramId'] as const;

export function checkContact(state: KinboxState, fields: KinboxContactFields, creating: boolean): void {
  const messages: string[] = [];
  if (fields.name !== undefined && fields.name.length > 128) messages.push('name must be shorter than or equal to 128 characters');
  if (fields.email !== undefined && fields.email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email)) messages.push('email must be an email');
  if (fields.email !== undefined && fields.email.length > 100) messages.push('email must be shorter than or equal to 100 characters');
  if (fields.phone !== undefined && fields.phone !== '' && !POLICY.phone.test(fields.phone)) messages.push('phone must contain digits only, with country and area code');
  if (creating && POLICY.contactNeedsAnAddress && !ADDRESSES.some((key) => fields[key])) messages.push('phone or email should not be empty');
  if (messages.length > 0) refuse(400, messages);
  checkCustomFields(state, 'contact', fields.customFields);
  if (creating && POLICY.refuseDuplicateContacts) {
    if (fields.phone && state.contacts.with('phone', fields.phone).length > 0) refuse(409, 'A contact with this phone already exists');
    if (fields.email && state.contacts.with('email', fields.email.toLowerCase()).length > 0) refuse(409, 'A contact with this email already exists');
  }
}

export function findContact(state: KinboxState, id: unknown): KinboxContact {
  return state.contacts.get(Number(id)) ?? refuse(404, 'Contact not found');
}

const { stringify } = JSON;

/** v1 knows fixed keys of crmData, v3 keeps whatever was sent. */
function v1CrmData(crmData: JsonObject): JsonObject {
  const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.fromEntries(Object.entries(crmData).filter(([key, value]) => (
    ['hubspotId', 'zohoId', 'zohoType'].includes(key) ? typeof value === 'string' : ['utmCampaigns', 'cloud_api'].includes(key) && isObject(value)
  )));
}

/** v1: no dates, and texts that are required are empty rather than missing. */
export function v1Contact(contact: KinboxContact): JsonObject {
  return JSON.parse(stringify({
    id: String(contact.id), name: contact.name, email: contact.email, phone: contact.phone, avatar: contact.avatar, notes: contact.notes,
    externalId: contact.externalId ?? '', origin: contact.origin ?? '', location: contact.location ?? '',
    facebookId: contact.facebookId ?? '', instagramId: contact.instagramId ?? '', telegramId: contact.telegramId ?? '',
    isImported: contact.isImported, hasConversation: contact.hasConversation, newContact: contact.newContact, isPrivate: contact.isPrivate,
    customFields: contact.customFields, crmData: v1CrmData(contact.crmData),
  })) as JsonObject;
}

export function v3Contact(state: KinboxState, contact: KinboxContact): JsonObject {
  const { id, createdAt, updatedAt, ...rest } = contact;
  return { ...(rest as JsonObject), id: String(id), workspaceId: state.workspace.id, createdAt: iso(createdAt), lastUpdateAt: iso(updatedAt), updatedAt: iso(updatedAt) };
}

function newestFirst(contacts: Iterable<KinboxContact>): KinboxContact[] {
  const rows = [...contacts];
  return POLICY.newestFirst ? rows.reverse() : rows;
}

/** Contacts that have this phone and this e-mail exactly; all when neither is given. Uses the indexes. */
function exactly(state: KinboxState, phone: string | undefined, email: string | undefined): KinboxContact[] {
  if (!phone && !email) return newestFirst(state.contacts.values());
  const rows = phone ? state.contacts.with('phone', phone) : state.contacts.with('email', email!.toLowerCase());
  return newestFirst(rows.filter((one) => !email || one.email?.toLowerCase() === email.toLowerCase()));
}

function createdBetween(rows: KinboxContact[], from: number | undefined, to: number | undefined): KinboxContact[] {
  if (from === undefined && to === undefined) return rows;
  return rows.filter((one) => (from === undefined || one.createdAt >= from) && (to === undefined || one.createdAt <= to));
}

const HOUR = 3_600_000;

export const contacts: Handlers<KinboxState> = {
  listContacts: ({ state, query }) => {
    const rows = createdBetween(exactly(state, query.phone, query.email), dateOf(query.created_at_from, 'created_at_from'), dateOf(query.created_at_to, 'created_at_to'));
    return { status: 200, body: cursorPage(rows, query, (one) => String(one.id), v1Contact) };
  },
  createContact: ({ state, body, clock }) => {
    checkContact(state, body, true);
    return { status: 201, body: v1Contact(addContact(state, body, clock.now())) };
  },
  getContact: ({ state, params }) => ({ status: 200, body: v1Contact(findContact(state, params.id)) }),
  updateContact: ({ state, params, body, clock }) => {
    const contact = findContact(state, params.id);
    checkContact(state, body, false);
    return { status: 200, body: v1Contact(changeContact(state, contact, body, clock.now())) };
  },

  v3ListContacts: ({ state, query }) => {
    let rows = createdBetween(exactly(state, query.phone, query.email), dateOf(query.createdAtFrom, 'createdAtFrom'), dateOf(query.createdAtTo, 'createdAtTo'));
    const has = (text: string | undefined, part: string): boolean => text?.toLowerCase().includes(part.toLowerCase()) ?? false;
    if (query.newContact !== undefined) rows = rows.filter((one) => one.newContact === query.newContact);
    if (query.name) rows = rows.filter((one) => has(one.name, query.name));
    if (query.externalId) rows = rows.filter((one) => one.externalId === query.externalId);
    if (query.origin) rows = rows.filter((one) => one.origin === query.origin);
    if (query.search) rows = rows.filter((one) => [one.name, one.email, one.phone].some((text) => has(text, query.search)));
    const page = offsetPage(rows, query, (one) => v3Contact(state, one));
    return { status: 200, body: query.ignoreCount ? { data: page.data } : page };
  },
  v3CreateContact: ({ state, body, clock }) => {
    checkContact(state, body, true);
    return { status: 201, body: v3Contact(state, addContact(state, body, clock.now())) };
  },
  v3GetContact: ({ state, params }) => ({ status: 200, body: v3Contact(state, findContact(state, params.id)) }),
  v3UpdateContact: ({ state, params, body, clock }) => {
    const contact = findContact(state, params.id);
    checkContact(state, body, false);
    return { status: 200, body: v3Contact(state, changeContact(state, contact, body, clock.now())) };
  },
  // Without a window of at most 2 hours the export runs only at undocumented hours: never, here.
  v3ListAllContacts: ({ state, query, clock }) => {
    const from = dateOf(query.createdAtFrom, 'createdAtFrom');
    const to = dateOf(query.createdAtTo, 'createdAtTo');
    if (from === undefined || to === undefined || to < from || to - from > 2 * HOUR) refuse(400, ['createdAtFrom and createdAtTo must be at most 2 hours apart']);
    let rows = createdBetween(newestFirst(state.contacts.values()), from, to);
    if (query.newContact !== undefined) rows = rows.filter((one) => one.newContact === query.newContact);
    if (query.last48h) rows = rows.filter((one) => one.createdAt >= clock.now() - 48 * HOUR);
    return { status: 200, body: { totalCount: rows.length, data: rows.map((one) => v3Contact(state, one)) } };
  },
};
