import type { Resource } from '../../shared/operation/operation';
import type { CallbellClient } from '../transport/client';
import { account } from './account';
import { bot } from './bot';
import { campaign } from './campaign';
import { channel } from './channel';
import { contact } from './contact';
import { conversation } from './conversation';
import { customStatus } from './customStatus';
import { funnel } from './funnel';
import { message } from './message';
import { team } from './team';
import { template } from './template';
import { userStatus } from './userStatus';
import { webhook } from './webhook';

export const resources: Array<Resource<CallbellClient>> = [
	account,
	bot,
	campaign,
	channel,
	contact,
	conversation,
	customStatus,
	funnel,
	message,
	team,
	template,
	userStatus,
	webhook,
];
