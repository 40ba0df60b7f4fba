import type { IDataObject } from 'n8n-workflow';

import type { Call, HttpClient } from '../../nodes/shared/http/httpClient';
import { compareWithAnswer } from '../../nodes/Chatwoot/transport/asked';
import { readRun, RECORDING } from './recording';

/** What the comparison of a write with its answer says of a recorded exchange. */
function toldOf(call: Pick<Call, 'method' | 'path' | 'body'>, answer: unknown): string[] {
  const notices = new Set<string>();
  compareWithAnswer({ notices } as unknown as HttpClient, call, structuredClone(answer));
  return [...notices].map((notice) => notice.replace(/^.*items: /, ''));
}

describe('what was asked and what a server answered', () => {
  it('differs only where the server did otherwise: 4 of all its good answers to writes', () => {
    const told = new Map<string, number>();
    let compared = 0;
    for (const { call, method, path, body, status, answer, operationId } of readRun(RECORDING).exchanges.values()) {
      if (call === 0 || status >= 300 || body === undefined || !['PATCH', 'POST', 'PUT'].includes(method)) continue;
      compared += 1;
      for (const text of toldOf({ method: method as Call['method'], path, body: body as IDataObject }, answer)) told.set(`${operationId}: ${text}`, (told.get(`${operationId}: ${text}`) ?? 0) + 1);
    }
    expect(compared).toBeGreaterThan(500);
    expect(Object.fromEntries(told)).toEqual({
      // Enterprise edition only.
      'updateConversation: SLA Policy ID (1 item).': 3,
      // Agents make personal ones only.
      'createMacro: Visibility (1 item).': 1,
    });
  });
});
