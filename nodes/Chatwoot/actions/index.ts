import type { Resource } from '../../shared/operation/operation';
import type { ChatwootClient } from '../transport/client';
import { account } from './account';
import { agent } from './agent';
import { agentBot } from './agentBot';
import { automationRule } from './automationRule';
import { campaign } from './campaign';
import { cannedResponse } from './cannedResponse';
import { contact } from './contact';
import { contactNote } from './contactNote';
import { conversation } from './conversation';
import { csat } from './csat';
import { customAttribute } from './customAttribute';
import { customFilter } from './customFilter';
import { helpCenterArticle } from './helpCenterArticle';
import { helpCenterCategory } from './helpCenterCategory';
import { helpCenterPortal } from './helpCenterPortal';
import { inbox } from './inbox';
import { integration } from './integration';
import { label } from './label';
import { macro } from './macro';
import { message } from './message';
import { notification } from './notification';
import { profile } from './profile';
import { publicInbox } from './publicInbox';
import { report } from './report';
import { search } from './search';
import { team } from './team';
import { webhook } from './webhook';

export const resources: Array<Resource<ChatwootClient>> = [
	account,
	agent,
	agentBot,
	automationRule,
	campaign,
	cannedResponse,
	contact,
	contactNote,
	conversation,
	csat,
	customAttribute,
	customFilter,
	helpCenterArticle,
	helpCenterCategory,
	helpCenterPortal,
	inbox,
	integration,
	label,
	macro,
	message,
	notification,
	profile,
	publicInbox,
	report,
	search,
	team,
	webhook,
];
