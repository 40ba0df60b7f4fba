import type { Ids } from '../ids';
import type { ChatwootCannedResponse } from './cannedResponses';
import type { ChatwootCsatResponse } from './csat';

/** What the account's settings hold besides people, inboxes and labels; part of the state. */
export interface ChatwootSettings {
  cannedResponses: Map<number, ChatwootCannedResponse>;
  csatResponses: Map<number, ChatwootCsatResponse>;
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
    cannedResponses: keyed([
      cannedResponse(1, 'horario', 'Atendemos de segunda a sexta, das 9h às 18h.'),
      cannedResponse(1, 'troca', 'A troca pode ser feita em até 30 dias. Veja também o horário.'),
      cannedResponse(2, 'horario', 'Atendemos de lunes a viernes.'),
    ]),
    csatResponses: new Map(),
  };
}
