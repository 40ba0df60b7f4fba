import type { Answer, Handlers } from '../types';
import { Refusal } from '../types';
import { serverVersion } from './profile';
import type { ChatwootState } from './state';

/** First release that has the call; an older server does not know the address. */
const SINCE: Record<string, string> = {
  deleteConversation: '4.3', getCampaignMetrics: '4.18', getChannelSummary: '4.11', getFirstResponseDistribution: '4.11', getInboxLabelMatrix: '4.11', getOutgoingMessagesCount: '4.11', listActiveContacts: '4.3',
  listCampaignRecipients: '4.18', listContactAttachments: '4.14', removeConversationCustomAttributes: '4.17', resetAgentBotSecret: '4.13', resetInboxSecret: '4.13', updateMessageStatus: '4.2',
};

/** The framework's own page for an address without a route, which no contract of an operation has. */
const NO_ROUTE: Answer = { status: 404, text: '{"status":404,"error":"Not Found"}', contentType: 'application/json; charset=utf-8' };

/** Whether the server that is played is at least of a version such as "4.12". */
export function serverIsAtLeast(options: Parameters<typeof serverVersion>[0], version: string): boolean {
  const own = serverVersion(options).split('.').map(Number);
  for (const [index, number] of version.split('.').map(Number).entries()) {
    const difference = (own[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The handlers as a server of the chosen version has them. */
export function ofVersion(handlers: Handlers<ChatwootState>): Handlers<ChatwootState> {
  return Object.fromEntries(Object.entries(handlers).map(([operationId, handler]) => {
    const since = SINCE[operationId];
    if (since === undefined) return [operationId, handler];
    return [operationId, (call) => {
      if (!serverIsAtLeast(call.options, since)) throw new Refusal(NO_ROUTE);
      return handler(call);
    }];
  }));
}
