import type { Call, Handlers, JsonObject } from '../types';
import { notFound, refuse } from './errors';
import type { ChatwootState } from './state';

type ResultsCall = Call<ChatwootState>;

const STATUSES = ['queued', 'skipped', 'sent', 'delivered', 'read', 'failed'] as const;
const PAGE = 25;

/** Somebody whom a WhatsApp campaign was meant for. */
export interface ChatwootCampaignRecipient {
  accountId: number;
  /** Display id. */
  campaignId: number;
  contactId: number;
  status: (typeof STATUSES)[number];
  /** The provider's id; null when it never took the message. */
  sourceId: string | null;
  content: string | null;
  errorCode: string | null;
  errorTitle: string | null;
  errorMessage: string | null;
}

/** Newest first. Features that are off are answered like a role that is too low. */
function recipientsOf({ state, params }: ResultsCall): ChatwootCampaignRecipient[] {
  const campaign = state.campaigns.find((one) => one.accountId === params.account_id && one.displayId === params.campaign_id) ?? notFound();
  const { features } = state.accounts.get(params.account_id)!;
  const isWhatsapp = state.inboxes.get(campaign.inboxId)?.channelType === 'Channel::Whatsapp';
  if (!features.campaign_analytics || !features.whatsapp_campaign || campaign.type !== 'one_off' || !isWhatsapp) refuse(401, 'You are not authorized to do this action');
  return state.campaignRecipients.filter((one) => one.accountId === campaign.accountId && one.campaignId === campaign.displayId).reverse();
}

function render({ state }: ResultsCall, one: ChatwootCampaignRecipient): JsonObject {
  const contact = state.contacts.get(one.contactId);
  return {
    contact: { id: one.contactId, name: contact?.name ?? null, phone_number: contact?.phoneNumber ?? null }, status: one.status, message_content: one.content,
    error_code: one.errorCode, error_title: one.errorTitle, error_message: one.errorMessage,
  };
}

/** Results of WhatsApp campaigns, on the Enterprise edition. */
export const campaignResults: Handlers<ChatwootState> = {
  getCampaignMetrics: (call) => {
    const all = recipientsOf(call);
    const count = (status: (typeof STATUSES)[number]): number => all.filter((one) => one.status === status).length;
    return {
      status: 200,
      body: {
        audience: all.length, sent: all.filter((one) => one.sourceId !== null).length, delivered: count('delivered') + count('read'), read: count('read'), failed: count('failed'), skipped: count('skipped'),
        status_counts: Object.fromEntries(STATUSES.map((status) => [status, count(status)])),
      },
    };
  },
  listCampaignRecipients: (call) => {
    const { query } = call;
    const rows = recipientsOf(call).filter((one) => query.status === undefined || one.status === query.status);
    const page = query.page ?? 1;
    return { status: 200, body: { payload: rows.slice((page - 1) * PAGE, page * PAGE).map((one) => render(call, one)), meta: { current_page: page, total_pages: Math.ceil(rows.length / PAGE), total_count: rows.length } } };
  },
};
