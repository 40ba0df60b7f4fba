import { Ids } from '../ids';
import { IndexedMap } from '../indexed';
import { person } from '../people';
import type { Clock, JsonObject, SandboxOptions } from '../types';
import type { ChatwootCampaignRecipient } from './campaignResults';
import type { ChatwootCampaign } from './campaigns';
import type { ChatwootContact, ContactInboxLink } from './contacts';
import type { ChatwootConversation } from './conversations';
import type { ChatwootMessage } from './messages';
import type { ChatwootNote } from './notes';
import { createHelpCenter, type ChatwootHelpCenter } from './helpCenter';
import { createSettings, type ChatwootSettings } from './settings';
import type { ChatwootUpload } from './uploads';

export interface ChatwootToken {
  name: string;
  kind: 'user' | 'bot';
  /** User id or bot id. */
  ownerId: number;
}

export interface ChatwootAccount {
  id: number;
  name: string;
  locale: string;
  status: 'active' | 'suspended';
  domain: string | null;
  supportEmail: string | null;
  features: Record<string, boolean>;
  settings: JsonObject;
  customAttributes: JsonObject;
  createdAt: number;
}

export interface ChatwootUser {
  id: number;
  name: string;
  displayName: string | null;
  email: string;
  confirmed: boolean;
  messageSignature: string | null;
  uiSettings: JsonObject;
  customAttributes: JsonObject;
}

export interface ChatwootAccountUser {
  accountId: number;
  userId: number;
  role: 'administrator' | 'agent';
  availability: 'online' | 'offline' | 'busy';
  autoOffline: boolean;
  /** On the Enterprise edition only. */
  customRoleId?: number | null;
}

export type ChatwootChannelType = 'Channel::WebWidget' | 'Channel::Api' | 'Channel::Email' | 'Channel::Whatsapp' | 'Channel::TwilioSms' | 'Channel::Sms' | 'Channel::Telegram' | 'Channel::Line' | 'Channel::FacebookPage' | 'Channel::Instagram';

export interface ChatwootInbox {
  id: number;
  accountId: number;
  channelId: number;
  name: string;
  channelType: ChatwootChannelType;
  greetingEnabled: boolean;
  greetingMessage: string | null;
  workingHoursEnabled: boolean;
  outOfOfficeMessage: string | null;
  timezone: string;
  enableEmailCollect: boolean;
  csatSurveyEnabled: boolean;
  csatConfig: JsonObject;
  enableAutoAssignment: boolean;
  autoAssignmentConfig: JsonObject;
  allowMessagesAfterResolved: boolean;
  lockToSingleConversation: boolean;
  senderNameType: 'friendly' | 'professional';
  businessName: string | null;
  /** Keys of the channel as the inbox answers show them. */
  channel: JsonObject;
  /** Keys of the channel that administrators alone see. */
  secrets: JsonObject;
  agentBotId: number | null;
  /** Address of the picture. */
  avatarUrl?: string;
  createdAt: number;
  updatedAt: number;
}

export interface ChatwootLabel {
  id: number;
  accountId: number;
  title: string;
  description: string | null;
  color: string;
  showOnSidebar: boolean | null;
  createdAt: number;
  updatedAt: number;
}

export interface ChatwootTeam {
  id: number;
  accountId: number;
  /** Stored in lower case. */
  name: string;
  description: string | null;
  allowAutoAssign: boolean;
  memberIds: number[];
  createdAt: number;
  updatedAt: number;
}

export interface ChatwootAttributeDefinition {
  id: number;
  accountId: number;
  displayName: string;
  displayType: 'text' | 'number' | 'currency' | 'percent' | 'link' | 'date' | 'list' | 'checkbox';
  description: string | null;
  key: string;
  regexPattern: string | null;
  regexCue: string | null;
  values: string[] | null;
  model: 'conversation_attribute' | 'contact_attribute' | 'company_attribute';
  defaultValue: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface ChatwootAgentBot {
  id: number;
  accountId: number | null;
  name: string;
  description: string | null;
  outgoingUrl: string | null;
  botConfig: JsonObject;
  accessToken: string;
  secret: string;
  /** Address of the picture. */
  thumbnail?: string;
}

export interface ChatwootWebhook {
  id: number;
  accountId: number;
  inboxId: number | null;
  url: string;
  name: string | null;
  subscriptions: string[];
  secret: string;
}

export interface GraphCall {
  messageId: number;
  /** What WhatsApp answered; null when it took the message. */
  verdict: { code: number; message: string } | null;
  /** What of the message never leaves Chatwoot. */
  lost: string[];
}

export interface ChatwootState extends ChatwootSettings, ChatwootHelpCenter {
  ids: Ids;
  /** Time of the sandbox. */
  now: () => number;
  /** What became of each message on its way to WhatsApp: taken, refused, or parts of it that Chatwoot never sends. */
  graph: GraphCall[];
  /** By signed ID. */
  uploads: Map<string, ChatwootUpload>;
  tokens: Map<string, ChatwootToken>;
  accounts: Map<number, ChatwootAccount>;
  users: Map<number, ChatwootUser>;
  accountUsers: ChatwootAccountUser[];
  inboxes: Map<number, ChatwootInbox>;
  /** Inbox id to user ids. */
  inboxMembers: Map<number, Set<number>>;
  contacts: IndexedMap<number, ChatwootContact, 'account' | 'email' | 'phone' | 'identifier'>;
  contactInboxes: IndexedMap<number, ContactInboxLink, 'contact' | 'source'>;
  /** Contacts that are in a chat widget now. */
  onlineContacts: Set<number>;
  labels: Map<number, ChatwootLabel>;
  teams: Map<number, ChatwootTeam>;
  attributeDefinitions: Map<number, ChatwootAttributeDefinition>;
  agentBots: Map<number, ChatwootAgentBot>;
  webhooks: Map<number, ChatwootWebhook>;
  notes: Map<number, ChatwootNote>;
  campaigns: ChatwootCampaign[];
  campaignRecipients: ChatwootCampaignRecipient[];
  conversations: Map<number, ChatwootConversation>;
  messages: Map<number, ChatwootMessage>;
  version: string;
  /** Of the self-hosted server: what belongs to the Enterprise edition has no address on the Community edition. */
  edition: 'community' | 'enterprise';
  /** What the server can fetch from: example.com is on the internet, 127.0.0.1 is not. */
  network: { internet: boolean; privateNetwork: boolean };
  /** Names of labels that were ever set, in the spelling of the first time, by their lower case; all accounts share them. */
  tags: Map<string, string>;
  /** Background jobs wait so long, as behind a busy queue; milliseconds, default 0. */
  jobDelay: number;
  /** Rows of a page of conversations when the server's setting differs from 25. */
  conversationPageSize?: number;
  /** Rows of the same moment, as an import makes them, fall differently on each page: the server has no second key. */
  equalTimesInNoOrder?: boolean;
}

/**
 * The order of two rows of the same moment.
 *
 * @param place what the page is asked for by
 */
export function byLot(state: ChatwootState, one: { id: number }, other: { id: number }, place: number): number {
  const lot = ({ id }: { id: number }) => (id * 7919 * (place + 1)) % 101;
  return (state.equalTimesInNoOrder ? lot(one) - lot(other) : 0) || one.id - other.id;
}

const DAY = 86_400_000;

/** Key under which a value is unique in its account. */
export const accountKey = (accountId: number, value: string): string => `${accountId} ${value}`;
/** Key of a link: a source_id is unique in its inbox. */
export const sourceKey = (inboxId: number, sourceId: string): string => `${inboxId} ${sourceId}`;

type InboxSeed = Pick<ChatwootInbox, 'accountId' | 'name' | 'channelType' | 'channel'> & Partial<ChatwootInbox>;

/** Adds an inbox with the column defaults of the server. */
export function addInbox(state: ChatwootState, seed: InboxSeed, at: number): ChatwootInbox {
  const inbox: ChatwootInbox = {
    greetingEnabled: false, greetingMessage: null, workingHoursEnabled: false, outOfOfficeMessage: null, timezone: 'America/Sao_Paulo',
    enableEmailCollect: true, csatSurveyEnabled: false, csatConfig: {}, enableAutoAssignment: true, autoAssignmentConfig: {},
    allowMessagesAfterResolved: true, lockToSingleConversation: false, senderNameType: 'friendly', businessName: null, secrets: {}, agentBotId: null,
    ...seed,
    id: state.ids.number('inbox'), channelId: state.ids.number(seed.channelType), createdAt: at, updatedAt: at,
  };
  state.inboxes.set(inbox.id, inbox);
  state.inboxMembers.set(inbox.id, new Set());
  return inbox;
}

/** Templates as Meta's Cloud API lists them; Chatwoot hands them on unchanged. */
const TEMPLATES: JsonObject[] = [
  {
    id: '730010001', name: 'pedido_pronto', status: 'APPROVED', category: 'UTILITY', language: 'pt_BR', parameter_format: 'POSITIONAL',
    components: [{ type: 'BODY', text: 'Olá {{1}}, o pedido {{2}} está pronto para retirada.', example: { body_text: [['Ana', '1042']] } }],
  },
  {
    id: '730010002', name: 'oferta_imagem', status: 'APPROVED', category: 'MARKETING', language: 'pt_BR', parameter_format: 'POSITIONAL',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://example.com/oferta.jpg'] } },
      { type: 'BODY', text: '{{1}}, hoje tem desconto na loja!', example: { body_text: [['Ana']] } },
      { type: 'FOOTER', text: 'Responda SAIR para não receber' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver', url: 'https://lojaexemplo.com.br/{{1}}', example: ['oferta'] }, { type: 'COPY_CODE', example: 'LOJA10' }] },
    ],
  },
  {
    id: '730010003', name: 'bienvenida', status: 'APPROVED', category: 'MARKETING', language: 'es', parameter_format: 'NAMED',
    components: [{ type: 'BODY', text: 'Hola {{nombre}}, gracias por escribirnos.', example: { body_text_named_params: [{ param_name: 'nombre', example: 'Lucía' }] } }],
  },
  { id: '730010004', name: 'em_analise', status: 'PENDING', category: 'MARKETING', language: 'pt_BR', components: [{ type: 'BODY', text: 'Em breve, {{1}}!' }] },
];

export function createState(clock: Clock, options: SandboxOptions): ChatwootState {
  const createdAt = Math.floor((clock.now() - 300 * DAY) / 1000) * 1000;
  const ids = new Ids('chatwoot');
  const state: ChatwootState = {
    ...createSettings(ids, createdAt),
    ...createHelpCenter(ids, createdAt),
    ids, now: () => clock.now(), graph: [],
    // Read anew each time: tests move it while the sandbox runs.
    get version() {
      return options.chatwoot?.version ?? '4.15.1';
    },
    edition: 'enterprise',
    network: { internet: true, privateNetwork: false },
    tags: new Map(),
    jobDelay: 0,
    uploads: new Map(),
    tokens: new Map<string, ChatwootToken>([
      ['Cw7administratorToken4xQ9', { name: 'administrator', kind: 'user', ownerId: 1 }],
      ['Cw7agentTokenP2sVb81', { name: 'agent', kind: 'user', ownerId: 2 }],
      ['Cw7botTokenZZ0k3', { name: 'bot', kind: 'bot', ownerId: 1 }],
    ]),
    accounts: new Map(), users: new Map(), accountUsers: [], inboxes: new Map(), inboxMembers: new Map(),
    contacts: new IndexedMap({
      account: (one) => String(one.accountId),
      email: (one) => (one.email ? accountKey(one.accountId, one.email.toLowerCase()) : undefined),
      phone: (one) => (one.phoneNumber ? accountKey(one.accountId, one.phoneNumber) : undefined),
      identifier: (one) => (one.identifier === null ? undefined : accountKey(one.accountId, one.identifier)),
    }),
    contactInboxes: new IndexedMap({ contact: (one) => String(one.contactId), source: (one) => sourceKey(one.inboxId, one.sourceId) }),
    onlineContacts: new Set(), labels: new Map(), teams: new Map(), attributeDefinitions: new Map(), agentBots: new Map(), webhooks: new Map(), notes: new Map(), campaigns: [], campaignRecipients: [], conversations: new Map(), messages: new Map(),
  };

  const features = { campaigns: true, whatsapp_campaign: true, campaign_analytics: true, inbox_management: true, automations: true, labels: true, crm_v2: false };
  const account = (id: number, name: string, locale: string, more: Partial<ChatwootAccount> = {}): void => {
    state.accounts.set(id, { id, name, locale, status: 'active', domain: null, supportEmail: null, features: { ...features }, settings: {}, customAttributes: {}, createdAt, ...more });
  };
  account(1, 'Loja Exemplo', 'pt_BR', { supportEmail: 'suporte@lojaexemplo.com.br' });
  account(2, 'Tienda Ejemplo', 'es', { features: { ...features, whatsapp_campaign: false } });
  account(3, 'Conta antiga', 'pt_BR', { status: 'suspended' });

  const user = (id: number, name: string, email: string, displayName: string | null = null): void => {
    state.users.set(id, { id, name, displayName, email, confirmed: true, messageSignature: null, uiSettings: {}, customAttributes: {} });
  };
  user(1, 'Marina Duarte', 'marina@lojaexemplo.com.br', 'Marina');
  user(2, 'Caio Nogueira', 'caio@lojaexemplo.com.br');
  user(3, 'Inês Ferreira', 'ines@lojaexemplo.com.br');
  const member = (accountId: number, userId: number, role: ChatwootAccountUser['role'], availability: ChatwootAccountUser['availability'] = 'offline'): void => {
    state.accountUsers.push({ accountId, userId, role, availability, autoOffline: true });
  };
  member(1, 1, 'administrator', 'online');
  member(1, 2, 'agent', 'online');
  member(1, 3, 'agent');
  member(2, 1, 'administrator');
  member(3, 1, 'administrator');

  state.agentBots.set(1, { id: 1, accountId: 1, name: 'Robô de triagem', description: null, outgoingUrl: 'https://bot.example.com/chatwoot', botConfig: {}, accessToken: 'Cw7botTokenZZ0k3', secret: state.ids.hex32('botSecret') });

  const website = addInbox(state, {
    accountId: 1, name: 'Site', channelType: 'Channel::WebWidget', greetingEnabled: true, greetingMessage: 'Olá! Como podemos ajudar?',
    channel: {
      website_url: 'https://lojaexemplo.com.br', website_token: 'wT8siteTokenLojaExemplo', widget_color: '#1f93ff', welcome_title: 'Loja Exemplo', welcome_tagline: 'Pães e doces',
      web_widget_script: '<script>/* chatwootSDK */</script>', allowed_domains: '', hmac_mandatory: false, selected_feature_flags: ['attachments', 'emoji_picker'],
      reply_time: 'in_a_few_minutes', pre_chat_form_enabled: false, pre_chat_form_options: { pre_chat_fields: [], pre_chat_message: 'Deixe o seu contato.' }, continuity_via_email: true,
    },
    secrets: { hmac_token: 'hmacSite' },
  }, createdAt);
  const api = addInbox(state, {
    accountId: 1, name: 'Integração', channelType: 'Channel::Api',
    channel: { webhook_url: null, inbox_identifier: 'pUbInbox4LojaExemplo', additional_attributes: {}, hmac_mandatory: false },
    secrets: { hmac_token: 'hmacApi', secret: 'apiInboxSecret' },
  }, createdAt);
  addInbox(state, {
    accountId: 1, name: 'E-mail', channelType: 'Channel::Email',
    channel: { email: 'atendimento@lojaexemplo.com.br', forwarding_enabled: true, forward_to_email: 'b7f1@inbound.example.com' },
    secrets: {
      imap_login: '', imap_password: '', imap_address: '', imap_port: 0, imap_enabled: false, imap_enable_ssl: true, imap_authentication: 'plain',
      smtp_login: '', smtp_password: '', smtp_address: '', smtp_port: 0, smtp_enabled: false, smtp_domain: '', smtp_enable_ssl_tls: false,
      smtp_enable_starttls_auto: true, smtp_openssl_verify_mode: 'none', smtp_authentication: 'login',
    },
  }, createdAt);
  addInbox(state, {
    accountId: 1, name: 'WhatsApp', channelType: 'Channel::Whatsapp', lockToSingleConversation: true,
    channel: {
      phone_number: '+5511930002000', provider: 'whatsapp_cloud', message_templates: structuredClone(TEMPLATES), reauthorization_required: false, voice_enabled: false, inbound_calls_enabled: false,
      callback_webhook_url: 'https://chatwoot.example.org/webhooks/whatsapp/+5511930002000',
    },
    secrets: { provider_config: { api_key: 'whatsappCloudKey', phone_number_id: '118800002000', business_account_id: '209000001000' } },
  }, createdAt);
  addInbox(state, {
    accountId: 1, name: 'SMS', channelType: 'Channel::Sms',
    channel: { phone_number: '+5511930003000', callback_webhook_url: 'https://chatwoot.example.org/webhooks/sms/+5511930003000' },
    secrets: { provider_config: { api_key: 'bandwidthKey' } },
  }, createdAt);
  addInbox(state, { accountId: 1, name: 'Instagram', channelType: 'Channel::Instagram', channel: { instagram_id: '178400001', reauthorization_required: false } }, createdAt);
  addInbox(state, {
    accountId: 1, name: 'WhatsApp Twilio', channelType: 'Channel::TwilioSms',
    channel: { phone_number: 'whatsapp:+5511930004000', medium: 'whatsapp', messaging_service_sid: null, content_templates: {}, callback_webhook_url: 'https://chatwoot.example.org/twilio/callback' },
    secrets: { account_sid: 'AC0001', auth_token: 'twilioAuth', api_key_sid: null },
  }, createdAt);
  addInbox(state, { accountId: 2, name: 'Web', channelType: 'Channel::WebWidget', channel: { website_url: 'https://tienda.example', website_token: 'wT8tienda', widget_color: '#1f93ff' } }, createdAt);
  for (const [id, inbox] of state.inboxes) if (inbox.accountId === 1 && id !== website.id) state.inboxMembers.get(id)!.add(1);
  // The agent works in two inboxes only.
  for (const inbox of [website, api]) state.inboxMembers.get(inbox.id)!.add(2);
  state.inboxMembers.get(website.id)!.add(3);

  const label = (accountId: number, title: string, description: string | null, color: string): void => {
    const id = state.ids.number('label');
    state.labels.set(id, { id, accountId, title, description, color, showOnSidebar: true, createdAt, updatedAt: createdAt });
  };
  label(1, 'vip', 'Clientes especiais', '#1abc9c');
  label(1, 'orçamento', null, '#f39c12');
  label(1, 'troca', 'Trocas e devoluções', '#c0392b');
  label(1, 'newsletter', null, '#3498db');
  label(2, 'vip', null, '#1abc9c');

  const team = (accountId: number, name: string, description: string | null, memberIds: number[]): void => {
    const id = state.ids.number('team');
    state.teams.set(id, { id, accountId, name, description, allowAutoAssign: true, memberIds, createdAt, updatedAt: createdAt });
  };
  team(1, 'vendas', 'Atendimento comercial', [1, 2]);
  team(1, 'suporte', null, [2, 3]);
  team(2, 'ventas', null, [1]);

  const attribute = (model: ChatwootAttributeDefinition['model'], key: string, displayName: string, displayType: ChatwootAttributeDefinition['displayType'], values: string[] | null = null): void => {
    const id = state.ids.number('attribute');
    state.attributeDefinitions.set(id, { id, accountId: 1, displayName, displayType, description: displayName, key, regexPattern: null, regexCue: null, values, model, defaultValue: null, createdAt, updatedAt: createdAt });
  };
  attribute('contact_attribute', 'cpf', 'CPF', 'text');
  attribute('contact_attribute', 'limite_credito', 'Limite de crédito', 'number');
  attribute('contact_attribute', 'plano', 'Plano', 'list', ['básico', 'completo']);
  attribute('contact_attribute', 'aceita_novidades', 'Aceita novidades', 'checkbox');
  attribute('contact_attribute', 'aniversario', 'Aniversário', 'date');
  attribute('conversation_attribute', 'pedido', 'Pedido', 'text');
  attribute('conversation_attribute', 'motivo', 'Motivo', 'list', ['compra', 'troca', 'reclamação']);

  seedChatwootContacts(state, 3, createdAt);
  return state;
}

/** Adds `count` people to an account; numbers go on from those there are. */
export function seedChatwootContacts(state: ChatwootState, count: number, from = Date.now() - 30 * DAY, accountId = 1): void {
  for (let added = 0; added < count; added += 1) {
    const one = person(state.ids.number('seedPerson', 0));
    const at = from + added * 1000;
    const id = state.ids.number('contact');
    state.contacts.set(id, {
      id, accountId, name: one.name, email: one.email, phoneNumber: `+${one.phone}`, identifier: null, blocked: false, thumbnail: '',
      additionalAttributes: { city: one.city, country: one.country, country_code: one.countryCode, ...(one.company ? { company_name: one.company } : {}) },
      customAttributes: {}, labels: [], lastActivityAt: null, createdAt: at, updatedAt: at,
    });
  }
}
