import type { JsonObject } from '../types';
import type { Verdict } from '../whatsapp/judge';
import type { KinboxPrivacy, KinboxState } from './state';

/** One stretch of service with a contact; `callId` is its number, `conversationId` the contact on one channel. */
export interface KinboxSession {
  id: string;
  callId: number;
  conversationId: number;
  contactId: number;
  channelId: number;
  operatorId: number | null;
  groupId: number | null;
  protocol: string;
  isFinished: boolean;
  tagIds: number[];
  summary: string | null;
  campaignId: string | null;
  createdAt: number;
  updatedAt: number;
  finishedAt: number | null;
}

export interface KinboxMessage {
  id: string;
  conversationId: number;
  callId: number;
  channelId: number;
  sender: 'contact' | 'operator' | 'bot' | 'note' | 'system';
  text: string;
  mediaUrl?: string;
  operatorId: number | null;
  contactName: string | null;
  externalId: string | null;
  /** Why it could not be delivered. */
  failure?: string;
  /** How far a message that was handed in is: when it leaves, and what WhatsApp says to it then. */
  fate?: { at: number; verdict?: Verdict };
  createdAt: number;
}

/** A message that was handed in for sending. */
export interface KinboxQueuedMessage {
  id: number;
  body: JsonObject;
  /** When it leaves. */
  at: number;
  error?: boolean;
}

export interface KinboxProduct {
  id: string;
  name: string;
  description: string;
  price: number;
  externalId?: string;
  isActive: boolean;
  customFields: JsonObject;
  createdAt: number;
  updatedAt: number;
}

/** Fields as the caller wrote them, and what the server adds. */
export interface KinboxDeal {
  id: string;
  fields: JsonObject;
  contactId: number;
  createdAt: number;
  updatedAt: number;
}

/** Records whose fields the sandbox keeps as they were sent: tasks, dashboards, snapshots, webhooks … */
export interface KinboxDocument {
  id: string;
  fields: JsonObject;
  createdAt: number;
  updatedAt: number;
}

export interface KinboxRecords {
  sessions: Map<string, KinboxSession>;
  messages: Map<string, KinboxMessage>;
  queue: Map<number, KinboxQueuedMessage>;
  /** What WhatsApp said to each message that Kinbox handed on; null where it took it. */
  graph: Array<{ id: string; verdict: Verdict | null }>;
  products: Map<string, KinboxProduct>;
  deals: Map<string, KinboxDeal>;
  tasks: Map<string, KinboxDocument>;
  dashboards: Map<string, KinboxDocument>;
  snapshots: Map<string, KinboxDocument>;
  quickPhrases: Map<string, KinboxDocument>;
  scenarios: Map<string, KinboxDocument>;
  scenarioLogs: Map<string, KinboxDocument>;
  webhooks: Map<string, KinboxDocument>;
  presences: Map<string, KinboxDocument>;
  /** What came in at a scenario's inbound address. */
  inbound: Array<{ webhookId: string; body: JsonObject; at: number }>;
}

export function createRecords(): KinboxRecords {
  return {
    sessions: new Map(), messages: new Map(), queue: new Map(), graph: [], products: new Map(), deals: new Map(), tasks: new Map(), dashboards: new Map(),
    snapshots: new Map(), quickPhrases: new Map(), scenarios: new Map(), scenarioLogs: new Map(), webhooks: new Map(), presences: new Map(), inbound: [],
  };
}

export const publicToAll: KinboxPrivacy = { type: 'public', groupIds: [] };


/** Adds a record of the kinds that are kept as sent. */
export function addDocument(state: KinboxState, kind: 'tasks' | 'dashboards' | 'snapshots' | 'quickPhrases' | 'scenarios' | 'scenarioLogs' | 'webhooks' | 'presences', fields: JsonObject, at: number, id = state.ids.objectId(kind)): KinboxDocument {
  const document = { id, fields, createdAt: at, updatedAt: at };
  state.records[kind].set(id, document);
  return document;
}
