import { Ids } from '../ids';
import { IndexedMap } from '../indexed';
import { person } from '../people';
import type { Clock, SandboxOptions } from '../types';
import type { KinboxCampaign } from './campaigns';
import { addContact, type KinboxContact } from './contacts';
import { createRecords, type KinboxRecords } from './records';

export interface KinboxToken {
  name: string;
  kind: 'v3' | 'api' | 'workspace';
  scopes: readonly string[];
  operatorId: number;
}

export type CustomFieldEntity = 'contact' | 'group' | 'channel' | 'session' | 'user' | 'product' | 'task' | 'deal';

export interface KinboxCustomField {
  id: number;
  name: string;
  description: string;
  entity: CustomFieldEntity;
  placeholder: string;
  type: 'text' | 'textarea' | 'number' | 'decimal' | 'select' | 'multi-select' | 'boolean' | 'date' | 'day' | 'datetime' | 'json';
  options: Array<{ value: string; label: string }>;
  isActive: boolean;
  isDeleted: boolean;
  position: number;
  isUniqueIdentifier: boolean;
  requiredToResolve: boolean;
  createdAt: number;
  updatedAt: number;
}

export interface KinboxPrivacy {
  type: 'private' | 'public' | 'team' | 'user';
  groupIds?: string[];
  userId?: string | null;
}

export interface KinboxTag {
  id: number;
  name: string;
  color: string;
  textColor?: string;
  authorId: number;
  privacy: KinboxPrivacy;
  createdAt: number;
  updatedAt: number;
}

export interface KinboxTemplate {
  id: string;
  name: string;
  language: string;
  category: string;
  /** Only APPROVED ones are listed. */
  status: string;
  components: Array<Record<string, unknown>>;
}

export interface KinboxChannel {
  id: number;
  description: string;
  /** 1 WhatsApp, 2 Telegram, 3 Facebook, 4 Widget, 5 E-mail, 6 Custom, 7 Instagram, 8 Mercado Livre, 9 SMS. */
  platformId: number;
  phone?: string;
  status: string;
  isConnected: boolean;
  /** WhatsApp: 3 unofficial, 4 official. */
  version?: number;
  wabaId: string | null;
  groupIds: number[];
  isPrivate: boolean;
  isBanned: boolean;
  customFields: Record<string, unknown>;
  templates: KinboxTemplate[];
}

export interface KinboxOperator {
  id: number;
  name: string;
  email: string;
  phone: string;
  groupIds: number[];
  online: boolean;
  createdAt: number;
}

export interface KinboxGroup {
  id: number;
  name: string;
  description: string;
  icon: string;
  createdAt: number;
}

export interface KinboxStage {
  id: string;
  name: string;
  color: string;
  requireds: string[];
}

export interface KinboxPipeline {
  id: string;
  name: string;
  position: number;
  kind: 'commercial' | 'operational';
  stages: KinboxStage[];
  rules: Array<{ ruleId: string; max: number; stageId?: string }>;
  lostReasons: string[];
  requiredCustomFieldIds: string[];
  authorId: number;
  privacy: KinboxPrivacy;
  createdAt: number;
  updatedAt: number;
}

export interface KinboxBusinessHour {
  id: number;
  name: string;
  isActive: boolean;
  /** Periods as [from, to] by day, HH:MM in the workspace's time zone. */
  days: Record<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', { active: boolean; hours: string[][] }>;
  createdAt: number;
  updatedAt: number;
}

export interface KinboxState {
  ids: Ids;
  tokens: Map<string, KinboxToken>;
  workspace: { id: number; name: string; timezone: string; createdAt: number };
  contacts: IndexedMap<number, KinboxContact, 'phone' | 'email'>;
  campaigns: Map<string, KinboxCampaign>;
  customFields: Map<number, KinboxCustomField>;
  tags: Map<number, KinboxTag>;
  channels: Map<number, KinboxChannel>;
  /** What listChannelTemplates last answered; the vendor caches it for 15 minutes. */
  templateCacheIndex: Map<number, { at: number; templates: KinboxTemplate[] }>;
  operators: Map<number, KinboxOperator>;
  groups: Map<number, KinboxGroup>;
  pipelines: Map<string, KinboxPipeline>;
  businessHours: Map<number, KinboxBusinessHour>;
  records: KinboxRecords;
  /** Whether scenarios and presence stand under their former paths, instead of the present ones. */
  hasFormerNames: boolean;
  /** Whether v3 knows the closing filter of deals as the vendor's file names it. A live client names it otherwise, and what is not known is passed over. */
  knowsWonLostAt: boolean;
}

const DAY = 86_400_000;

function field(state: KinboxState, entity: CustomFieldEntity, placeholder: string, name: string, type: KinboxCustomField['type'], more: Partial<KinboxCustomField> = {}): void {
  const id = state.ids.number('customField', 301);
  const createdAt = state.workspace.createdAt + state.customFields.size * DAY;
  state.customFields.set(id, {
    id, name, description: '', entity, placeholder, type, options: [], isActive: true, isDeleted: false,
    position: state.customFields.size + 1, isUniqueIdentifier: false, requiredToResolve: false, createdAt, updatedAt: createdAt, ...more,
  });
}

const options = (...labels: string[]): Array<{ value: string; label: string }> => labels.map((label) => ({
  value: label.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/\s+/g, '-'), label,
}));

function template(id: string, name: string, language: string, category: string, status: string, components: KinboxTemplate['components']): KinboxTemplate {
  return { id, name, language, category, status, components };
}

function channel(state: KinboxState, more: Pick<KinboxChannel, 'id' | 'description' | 'platformId'> & Partial<KinboxChannel>): void {
  state.channels.set(more.id, {
    status: 'connected', isConnected: true, wabaId: null, groupIds: [10], isPrivate: false, isBanned: false, customFields: {}, templates: [], ...more,
  });
}

function workday(from: string, to: string): { active: boolean; hours: string[][] } {
  return { active: true, hours: [[from, '12:00'], ['13:00', to]] };
}

export function createState(clock: Clock, _options: SandboxOptions): KinboxState {
  const createdAt = Math.floor((clock.now() - 400 * DAY) / 1000) * 1000;
  const state: KinboxState = {
    ids: new Ids('kinbox'),
    tokens: new Map<string, KinboxToken>([
      ['eyJhbGciOiJIUzI1NiJ9.eyJ3b3Jrc3BhY2VJZCI6MSwib3BlcmF0b3JJZCI6NDJ9.kinbox-v3-token', { name: 'v3', kind: 'v3', scopes: ['read', 'write', 'send'], operatorId: 42 }],
      ['ak_live_kinbox_api_token_7f3c', { name: 'api', kind: 'api', scopes: ['read', 'write', 'send'], operatorId: 42 }],
      ['ak_live_kinbox_default_scopes_19aa', { name: 'apiWithoutSend', kind: 'api', scopes: ['read', 'write'], operatorId: 42 }],
      ['kinbox-workspace-token-55d0', { name: 'workspace', kind: 'workspace', scopes: ['read', 'write', 'send'], operatorId: 42 }],
    ]),
    workspace: { id: 1, name: 'Loja Exemplo', timezone: 'America/Sao_Paulo', createdAt },
    contacts: new IndexedMap({ phone: (one) => one.phone, email: (one) => one.email?.toLowerCase() }),
    campaigns: new Map(), customFields: new Map(), tags: new Map(), channels: new Map(), templateCacheIndex: new Map(),
    operators: new Map(), groups: new Map(), pipelines: new Map(), businessHours: new Map(), records: createRecords(),
    hasFormerNames: false, knowsWonLostAt: true,
  };

  for (const [id, name, email, phone, groupIds, online] of [
    [42, 'Marina Duarte', 'marina@lojaexemplo.com.br', '5511988880042', [10, 11], true],
    [43, 'Caio Nogueira', 'caio@lojaexemplo.com.br', '5511988880043', [10], true],
    [44, 'Inês Ferreira', 'ines@lojaexemplo.pt', '351912000044', [11], false],
  ] as Array<[number, string, string, string, number[], boolean]>) {
    state.operators.set(id, { id, name, email, phone, groupIds, online, createdAt });
  }
  for (const [id, name, description, icon] of [[10, 'Vendas', 'Atendimento comercial', 'cart'], [11, 'Suporte', 'Pós-venda e dúvidas', 'lifebuoy']] as Array<[number, string, string, string]>) {
    state.groups.set(id, { id, name, description, icon, createdAt });
  }

  field(state, 'contact', 'cpf', 'CPF', 'text', { isUniqueIdentifier: true, description: 'Só números' });
  field(state, 'contact', 'cidade', 'Cidade', 'text');
  field(state, 'contact', 'aniversario', 'Aniversário', 'date');
  field(state, 'contact', 'limite-de-credito', 'Limite de crédito', 'decimal');
  field(state, 'contact', 'idade', 'Idade', 'number');
  field(state, 'contact', 'aceita-novidades', 'Aceita novidades', 'boolean');
  field(state, 'contact', 'interesse', 'Interesse', 'select', { options: options('Café', 'Pão artesanal', 'Bolos') });
  field(state, 'contact', 'canais', 'Canais preferidos', 'multi-select', { options: options('WhatsApp', 'E-mail', 'Telefone') });
  field(state, 'contact', 'fax', 'Fax', 'text', { isDeleted: true, isActive: false });
  field(state, 'session', 'motivo', 'Motivo do contato', 'select', { options: options('Compra', 'Troca', 'Reclamação'), requiredToResolve: true });
  field(state, 'deal', 'prazo', 'Prazo', 'day');
  field(state, 'deal', 'condicoes', 'Condições', 'textarea');
  field(state, 'product', 'ncm', 'NCM', 'text');
  field(state, 'channel', 'loja', 'Loja', 'text');
  field(state, 'user', 'ramal', 'Ramal', 'number');

  for (const [name, color, privacy] of [
    ['vip', '#1abc9c', { type: 'public', groupIds: [] }],
    ['orçamento', '#f39c12', { type: 'public', groupIds: [] }],
    ['inadimplente', '#c0392b', { type: 'team', groupIds: ['10'] }],
  ] as Array<[string, string, KinboxPrivacy]>) {
    const id = state.ids.number('tag', 1);
    state.tags.set(id, { id, name, color, authorId: 42, privacy, createdAt, updatedAt: createdAt });
  }

  channel(state, {
    id: 103, description: 'WhatsApp oficial', platformId: 1, phone: '5511930001030', version: 4, wabaId: '104857612345678', groupIds: [10, 11],
    templates: [
      template('902110001', 'promocao_semana', 'pt_BR', 'MARKETING', 'APPROVED', [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://example.com/pao.jpg'] } },
        { type: 'BODY', text: 'Olá {{1}}, o {{2}} está com {{3}} de desconto.', example: { body_text: [['Ana', 'pão de queijo', '20%']] } },
        { type: 'FOOTER', text: 'Loja Exemplo' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver oferta', url: 'https://lojaexemplo.com.br/o/{{1}}' }, { type: 'QUICK_REPLY', text: 'Parar' }] },
      ]),
      template('902110002', 'pedido_enviado', 'pt_BR', 'UTILITY', 'APPROVED', [
        { type: 'BODY', text: 'Seu pedido {{1}} saiu para entrega.', example: { body_text: [['1042']] } },
      ]),
      template('902110003', 'bienvenida', 'es', 'MARKETING', 'APPROVED', [{ type: 'BODY', text: '¡Hola! Gracias por escribirnos.' }]),
      template('902110004', 'reprovado_2024', 'pt_BR', 'MARKETING', 'REJECTED', [{ type: 'BODY', text: 'COMPRE JÁ {{1}}' }]),
      template('712287883441111', 'black_friday', 'pt_BR', 'MARKETING', 'APPROVED', [{ type: 'BODY', text: 'Olá {{1}}, a Black Friday começa {{2}}!' }]),
    ],
  });
  channel(state, { id: 104, description: 'WhatsApp balcão', platformId: 1, phone: '5511930001040', version: 3, wabaId: null });
  channel(state, { id: 105, description: 'atendimento@lojaexemplo.com.br', platformId: 5 });
  channel(state, { id: 106, description: 'SMS', platformId: 9, phone: '28001' });
  channel(state, { id: 107, description: 'Instagram @lojaexemplo', platformId: 7, isConnected: false, status: 'disconnected' });
  channel(state, { id: 108, description: 'Canal próprio (ERP)', platformId: 6 });

  for (const [name, kind, stages, lostReasons] of [
    ['Vendas', 'commercial', [['Novo', '#3498db'], ['Proposta enviada', '#f1c40f'], ['Negociação', '#e67e22']], ['Preço', 'Sem resposta', 'Comprou em outro lugar']],
    ['Encomendas', 'operational', [['Recebida', '#3498db'], ['Em produção', '#f1c40f'], ['Pronta', '#2ecc71']], []],
  ] as Array<[string, 'commercial' | 'operational', Array<[string, string]>, string[]]>) {
    const id = state.ids.objectId('pipeline');
    state.pipelines.set(id, {
      id, name, kind, position: state.pipelines.size, lostReasons, rules: [], requiredCustomFieldIds: [], authorId: 42, privacy: { type: 'public', groupIds: [] },
      stages: stages.map(([stage, color]) => ({ id: state.ids.objectId('stage'), name: stage, color, requireds: [] })),
      createdAt, updatedAt: createdAt,
    });
  }

  const closed = { active: false, hours: [] };
  const office = workday('08:00', '18:00');
  state.businessHours.set(7, { id: 7, name: 'Comercial', isActive: true, days: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: { active: true, hours: [['08:00', '12:00']] }, sun: closed }, createdAt, updatedAt: createdAt });
  const always = { active: true, hours: [['00:00', '23:59']] };
  state.businessHours.set(8, { id: 8, name: 'Todos os dias', isActive: true, days: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }, createdAt, updatedAt: createdAt });

  seedKinboxContacts(state, 3, createdAt);
  // WhatsApp gave this number without the ninth digit: who looks for 5585988887777 finds nobody.
  addContact(state, { name: 'João Silva', phone: '558588887777', email: 'joao@example.com', origin: 'whatsapp', hasConversation: true, customFields: { cpf: { value: '111.444.777-35' }, cidade: { value: 'Fortaleza' } } }, createdAt + 10 * DAY);
  return state;
}

/** Adds `count` people; numbers go on from those there are. */
export function seedKinboxContacts(state: KinboxState, count: number, from = Date.now() - 30 * DAY): void {
  for (let added = 0; added < count; added += 1) {
    const index = state.ids.number('seedPerson', 0);
    const { name, email, phone, city } = person(index);
    addContact(state, { name, email, phone, origin: 'import', isImported: true, customFields: { cidade: { value: city } } }, from + added * 1000);
  }
}
