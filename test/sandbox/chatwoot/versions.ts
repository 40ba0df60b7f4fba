import { serverVersion } from './profile';

/** First release that has the call; an older server does not know the address. */
const SINCE: Record<string, string> = {
  deleteConversation: '4.3', getCampaignMetrics: '4.18', getChannelSummary: '4.11', getFirstResponseDistribution: '4.11', getInboxLabelMatrix: '4.11', getOutgoingMessagesCount: '4.11', listActiveContacts: '4.3',
  listCampaignRecipients: '4.18', listContactAttachments: '4.14', removeConversationCustomAttributes: '4.17', resetAgentBotSecret: '4.13', resetInboxSecret: '4.13', updateMessageStatus: '4.2',
};

/** Whether the server that is played is at least of a version such as "4.12". */
export function serverIsAtLeast(options: Parameters<typeof serverVersion>[0], version: string): boolean {
  const own = serverVersion(options).split('.').map(Number);
  for (const [index, number] of version.split('.').map(Number).entries()) {
    const difference = (own[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether a server of that version has the call. */
export const isKnownTo = (version: string, operationId: string): boolean => SINCE[operationId] === undefined || serverIsAtLeast({ chatwoot: { version } }, SINCE[operationId]);
