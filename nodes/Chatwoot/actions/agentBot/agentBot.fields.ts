import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { Fields, Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { textUpTo } from '../../helpers/read';
import { binaryFile } from '../../helpers/uploads';
import type { AccountClient } from '../../transport/client';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Night shift',
	description: 'How the bot is called',
};

/** What a bot has besides its name. */
export const botFields: INodeProperties[] = [
	{
		displayName: 'Avatar Input Data Field Name',
		name: 'avatarField',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'The name of the input field with a picture of the bot (JPEG, PNG, GIF or WebP, up to 15 MB)',
	},
	{
		displayName: 'Avatar URL',
		name: 'avatarUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/bot.png',
		description: 'Public address of a picture of the bot; Chatwoot fetches it a little later',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/bot',
		description: 'The address that gets the events of the inboxes in which the bot answers',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Answers while the shop is closed',
		description: 'What the bot is for',
	},
];

export interface BotInput {
	body: IDataObject;
	avatarField?: string;
}

/** Reads the fields of a bot (`AgentBotWrite`). */
export function readBot(fields: Fields): BotInput {
	const callback = fields.url('callbackUrl');
	if (callback !== undefined && callback.length > 2048) throw fields.refuse('callbackUrl', 'is longer than 2048 characters', 'Shorten it.');
	return {
		body: withoutUndefined({ name: textUpTo(fields, 'name'), description: textUpTo(fields, 'description'), outgoing_url: callback, avatar_url: fields.url('avatarUrl') }),
		avatarField: fields.text('avatarField'),
	};
}

/** Uploads a picture from a binary field; the answer is the bot. */
export async function uploadBotAvatar(account: AccountClient, id: unknown, item: Item, field: string): Promise<IDataObject> {
	const form = new FormData();
	const { blob, fileName } = await binaryFile(item, field);
	form.append('avatar', blob, fileName);
	return await account.send({ method: 'PATCH', path: path`/agent_bots/${String(id)}`, form, idempotent: true });
}
