import type { AccountCheck } from '../../../shared/operation/accountCheck';
import type { CallbellClient } from '../../transport/client';
import { simplifyChannel } from '../channel/channel';
import { contactOutput } from '../contact/contact';
import { simplifyCustomStatus } from '../customStatus/customStatus';
import { messageOutput } from '../message/message';
import { simplifyMember, simplifyTeam } from '../team/team';

const first = { page: 1 };

/** What *Check This Account* asks for: all that the node reads. */
export const accountChecks: Array<AccountCheck<CallbellClient>> = [
	{ operation: 'account:get', path: '/auth/me' },
	{ operation: 'account:getPlan', path: '/plan' },
	{ operation: 'channel:getAll', path: '/channels', query: first, gives: { channel: 'uuid' }, output: { simplify: simplifyChannel } },
	{ operation: 'channel:get', path: '/channels/{channel}', output: { simplify: simplifyChannel } },
	{ operation: 'team:getAll', path: '/teams', query: first, gives: { team: 'uuid' }, output: { simplify: simplifyTeam } },
	{ operation: 'team:get', path: '/teams/{team}', output: { simplify: simplifyTeam } },
	{ operation: 'team:getMembers', path: '/teams/{team}/members', query: first, output: { simplify: simplifyMember } },
	{ operation: 'contact:getAll', path: '/contacts', query: first, gives: { contact: 'uuid', phone: ({ phoneNumber }) => String(phoneNumber ?? '').replace(/\D/g, ''), bsuid: 'bsuid' }, output: contactOutput },
	{ operation: 'contact:get', path: '/contacts/{contact}', output: contactOutput },
	{ operation: 'contact:getByPhone', path: '/contacts/phone/{phone}', output: contactOutput },
	{ operation: 'contact:getByBsuid', path: '/contacts/bsuid/{bsuid}', output: contactOutput },
	{ operation: 'contact:getMessages', path: '/contacts/{contact}/messages', query: first, gives: { message: ({ status, uuid }) => (status === 'sent' ? uuid : undefined) }, output: messageOutput },
	{ operation: 'message:getStatus', path: '/messages/status/{message}' },
	{ operation: 'bot:get', path: '/contacts/{contact}/bot' },
	{ operation: 'template:getAll', path: '/templates', query: first, gives: { template: 'uuid' } },
	{ operation: 'template:get', path: '/templates/{template}' },
	{ operation: 'customStatus:getAll', path: '/custom_statuses', gives: { customStatus: 'id' }, output: { simplify: simplifyCustomStatus } },
	{ operation: 'customStatus:get', path: '/custom_statuses/{customStatus}', output: { simplify: simplifyCustomStatus } },
	{ operation: 'funnel:getAll', path: '/funnels' },
	{ operation: 'webhook:getEvents', path: '/webhooks/events', query: first },
];
