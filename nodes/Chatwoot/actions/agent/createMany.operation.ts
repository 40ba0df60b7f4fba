import { accountOperation } from '../../helpers/accountOperation';

const address = /^[\w.+-]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i;

/** `createAgents`: `POST /agents/bulk_create`; addresses that fail are skipped without a word. */
export const createMany = accountOperation<string[]>({
	option: {
		name: 'Create Many',
		value: 'createMany',
		action: 'Create many agents',
		description: 'Invite several people as agents at once. Chatwoot skips addresses that it cannot add; the output names those that are agents afterwards.',
	},
	properties: [
		{
			displayName: 'Emails',
			name: 'emails',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ana@example.com, caio@example.com',
			description: 'The addresses, with commas between them or as a list',
		},
	],
	read(item) {
		const emails = [...new Set((item.list('emails') ?? []).map((email) => email.toLowerCase()))];
		if (emails.length === 0) throw item.refuse('emails', 'is empty', 'Give at least one address.');
		const wrong = emails.find((email) => email.length > 255 || /^\.|\.\.|\.@/.test(email) || !address.test(email));
		if (wrong !== undefined) throw item.refuse('emails', `has an entry that is not an e-mail address: ${wrong.slice(0, 60)}`, 'Give addresses such as ana@example.com.');
		return emails;
	},
	unordered: 'Each item makes a record of its own',
	async run(emails, account) {
		await account.tell({ method: 'POST', path: '/agents/bulk_create', body: { emails } });
		const agents = await account.get<unknown>('/agents');
		const known = new Set((Array.isArray(agents) ? (agents as Array<{ email?: unknown }>) : []).map(({ email }) => String(email).toLowerCase()));
		return { agents: emails.filter((email) => known.has(email)), skipped: emails.filter((email) => !known.has(email)) };
	},
});
