import type { Ids } from '../ids';
import type { ChatwootAutomationRule } from './automationRules';
import type { ChatwootCannedResponse } from './cannedResponses';
import type { ChatwootCsatResponse } from './csat';
import type { ChatwootCustomFilter } from './customFilters';
import type { ChatwootIntegrationHook } from './integrations';
import type { ChatwootMacro } from './macros';
import type { ChatwootNotification } from './notifications';

/** What the account's settings hold besides people, inboxes and labels; part of the state. */
export interface ChatwootSettings {
  automationRules: Map<number, ChatwootAutomationRule>;
  cannedResponses: Map<number, ChatwootCannedResponse>;
  csatResponses: Map<number, ChatwootCsatResponse>;
  customFilters: Map<number, ChatwootCustomFilter>;
  integrationHooks: Map<number, ChatwootIntegrationHook>;
  macros: Map<number, ChatwootMacro>;
  notifications: Map<number, ChatwootNotification>;
}

/**
 * The settings that an account starts with.
 *
 * @param at milliseconds since 1970
 */
export function createSettings(ids: Ids, at: number): ChatwootSettings {
  const keyed = <One extends { id: number }>(rows: One[]): Map<number, One> => new Map(rows.map((one) => [one.id, one]));
  const cannedResponse = (accountId: number, shortCode: string, content: string): ChatwootCannedResponse => ({ id: ids.number('cannedResponse'), accountId, shortCode, content, createdAt: at, updatedAt: at });
  return {
    automationRules: keyed<ChatwootAutomationRule>([
      {
        id: ids.number('automationRule'), accountId: 1, name: 'Pedidos do site', description: 'Etiqueta quem fala de encomenda', eventName: 'message_created', active: true, files: [], createdAt: at,
        conditions: [
          { attribute_key: 'message_type', filter_operator: 'equal_to', values: ['incoming'], query_operator: 'and' },
          { attribute_key: 'content', filter_operator: 'contains', values: ['encomenda'], query_operator: null },
        ],
        actions: [{ action_name: 'add_label', action_params: ['vip'] }],
      },
      { id: ids.number('automationRule'), accountId: 2, name: 'Ventas', description: null, eventName: 'conversation_created', active: false, files: [], createdAt: at, conditions: [], actions: [{ action_name: 'assign_team', action_params: [3] }] },
    ]),
    cannedResponses: keyed([
      cannedResponse(1, 'horario', 'Atendemos de segunda a sexta, das 9h às 18h.'),
      cannedResponse(1, 'troca', 'A troca pode ser feita em até 30 dias. Veja também o horário.'),
      cannedResponse(2, 'horario', 'Atendemos de lunes a viernes.'),
    ]),
    csatResponses: new Map(),
    notifications: new Map(),
    customFilters: keyed<ChatwootCustomFilter>([
      {
        id: ids.number('customFilter'), accountId: 1, userId: 1, name: 'Abertas', type: 'conversation',
        query: { payload: [{ attribute_key: 'status', filter_operator: 'equal_to', values: ['open'] }] }, createdAt: at, updatedAt: at,
      },
      {
        id: ids.number('customFilter'), accountId: 1, userId: 1, name: 'De Fortaleza', type: 'contact',
        query: { payload: [{ attribute_key: 'city', filter_operator: 'equal_to', values: ['Fortaleza'] }] }, createdAt: at, updatedAt: at,
      },
      { id: ids.number('customFilter'), accountId: 1, userId: 2, name: 'Do Caio', type: 'conversation', query: { payload: [] }, createdAt: at, updatedAt: at },
    ]),
    integrationHooks: keyed<ChatwootIntegrationHook>([
      { id: ids.number('integrationHook'), accountId: 1, appId: 'dialogflow', inboxId: 1, enabled: true, settings: { project_id: 'loja-exemplo', credentials: { private_key: 'dialogflowPrivateKey' }, region: 'global' } },
    ]),
    macros: keyed<ChatwootMacro>([
      { id: ids.number('macro'), accountId: 1, name: 'Encerrar', visibility: 'global', actions: [{ action_name: 'add_label', action_params: ['vip'] }, { action_name: 'resolve_conversation', action_params: [] }], createdBy: 1, updatedBy: 1 },
      { id: ids.number('macro'), accountId: 1, name: 'Do Caio', visibility: 'personal', actions: [{ action_name: 'assign_agent', action_params: [2] }], createdBy: 2, updatedBy: 2 },
    ]),
  };
}
