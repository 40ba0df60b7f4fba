import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootConversation } from '../../sandbox/chatwoot/conversations';
import { byId, useNode } from '../support';
import { asAgent } from './support';
import { addConversation, say } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('conversation', operation, { conversationId: byId(one.displayId), ...fields }, { skipSchema: true, ...options });
let one: ChatwootConversation;
beforeEach(() => {
	one = addConversation(chatwoot, { inboxId: 5 });
});

describe('conversation: what was asked is compared with what came back', () => {
	it('says that an agent outside the inbox does not follow', async () => {
		const { state } = chatwoot.sandbox.chatwoot;
		state.inboxMembers.get(5)!.delete(2);
		const alone = await run('addParticipants', { agentIds: ['2'] });
		expect(alone.error?.message).toBe(`Chatwoot did not make agent 2 follow conversation ${one.displayId} [item 0]`);
		const both = await run('addParticipants', { agentIds: ['1', '2'] });
		expect(both.rows).toEqual([expect.objectContaining({ id: '1', notApplied: [{ field: 'Agents', asked: 2, got: null }] })]);
		expect(both.hints.map(({ message }) => message).join(' ')).toMatch(/did not do all of it/);
	});

	it('names an agent that the account does not have, and those it has', async () => {
		const { error } = await run('addParticipants', { agentIds: ['99'] });
		expect(error?.message).toBe("'Agent' 99 is not in account 1 [item 0]");
		expect(error?.description).toMatch(/There are: .*Marina Duarte \(1\)/);
		const assigned = await run('assignAgent', { agentId: byId(99) });
		expect(assigned.error?.description).toMatch(/There are: .*Marina Duarte \(1\)/);
	});

	it('says that the Community edition leaves an SLA policy out', async () => {
		const { rows } = await run('update', { updateFields: { slaPolicyId: 3, priority: 'high' } });
		expect(rows[0]).toMatchObject({ priority: 'high', notApplied: [{ field: 'SLA Policy ID', asked: 3, got: null }] });
	});
});

describe('conversation: get, in words', () => {
	it('gives the last thing that somebody wrote', async () => {
		say(chatwoot, one, 'Até logo');
		say(chatwoot, one, 'Marina Duarte added vip', { message_type: 'activity' });
		expect((await run('get')).rows[0]).toMatchObject({ lastMessage: 'Até logo' });
	});

	it('names the record that is not known', async () => {
		const { error } = await run('get', { conversationId: byId(999) });
		expect(error?.message).toMatch(/^'Conversation' 999 is not in account 1 \[item 0\]$/);
		expect(error?.description).toMatch(/^It may have been deleted/);
	});

	it('gives all reasons for which somebody may not do it', async () => {
		chatwoot.sandbox.chatwoot.state.inboxMembers.get(5)!.clear();
		const { error } = await run('get', {}, asAgent(chatwoot));
		expect(error?.description).toMatch(/role Administrator; or the inbox of the record is not one that the owner works in; or the record/);
	});
});
