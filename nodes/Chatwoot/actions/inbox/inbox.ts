import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';
import { table } from '../../../shared/values/table';

/** The kinds of channels by Chatwoot's class names, as people call them. */
export const channelNames: Record<string, string> = table({
	'Channel::Api': 'API',
	'Channel::Email': 'E-Mail',
	'Channel::FacebookPage': 'Facebook',
	'Channel::Instagram': 'Instagram',
	'Channel::Line': 'LINE',
	'Channel::Sms': 'SMS',
	'Channel::Telegram': 'Telegram',
	'Channel::Tiktok': 'TikTok',
	'Channel::TwilioSms': 'Twilio (SMS or WhatsApp)',
	'Channel::TwitterProfile': 'Twitter',
	'Channel::WebWidget': 'Website',
	'Channel::Whatsapp': 'WhatsApp',
});

/** An inbox (`Inbox`) in short. */
function simplifyInbox(inbox: IDataObject, client: ChatwootClient): IDataObject {
	const type = String(inbox.channel_type ?? '');
	return {
		id: String(inbox.id ?? ''),
		name: textOrNull(inbox.name),
		channel: channelNames[type] ?? textOrNull(type),
		phone: textOrNull(inbox.phone_number),
		email: textOrNull(inbox.email),
		website: textOrNull(inbox.website_url),
		provider: textOrNull(inbox.provider),
		greeting: inbox.greeting_enabled === true ? textOrNull(inbox.greeting_message) : null,
		autoAssignment: inbox.enable_auto_assignment ?? null,
		url: client.linkTo(inbox, `settings/inboxes/${String(inbox.id ?? '')}`),
	};
}

export const inboxOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyInbox,
	properties: outputProperties([
		'auto_assignment_config', 'avatar_url', 'channel_id', 'channel_type', 'csat_survey_enabled', 'email', 'enable_auto_assignment',
		'greeting_enabled', 'greeting_message', 'id', 'inbox_identifier', 'lock_to_single_conversation', 'message_templates', 'name',
		'out_of_office_message', 'phone_number', 'provider', 'timezone', 'website_token', 'website_url', 'welcome_tagline', 'welcome_title',
		'working_hours', 'working_hours_enabled',
	]),
};
