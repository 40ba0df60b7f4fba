import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Item } from '../operation/item';
import type { PageLanguage } from './answerPage';
import { pageWords } from './answerPage';
import type { Decision } from './spokenDecision';

/** n8n's own name for it: a node with this operation can review the tools of an AI agent. */
export const sendAndWaitOption = { name: 'Send and Wait for Response', value: 'sendAndWait', action: 'Send message and wait for response' } as const;

/** What the editor says at the node while an execution sleeps. */
export const sendAndWaitTooltip = '={{ $parameter["operation"] === "sendAndWait" ? "The execution goes on after the answer" : "" }}';

/** Called so in n8n's human review, which fills it in. */
export const questionField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. May we give Ana a discount of 15 %?',
	description: 'The question; the links stand below it',
};

const forApproval = { show: { responseType: ['approval'] } };

/** What {@link readApproval} reads. */
export const approvalFields: INodeProperties[] = [
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Approval', value: 'approval', description: 'Approve or decline' },
			{ name: 'Free Text', value: 'freeText', description: 'A text, written on a page' },
		],
		default: 'approval',
		description: 'What the person can answer',
	},
	{
		displayName: 'Language',
		name: 'pageLanguage',
		type: 'options',
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'Portuguese', value: 'pt' },
			{ name: 'Spanish', value: 'es' },
		],
		default: 'en',
		description: 'The language of the links and of the page behind them',
	},
	{
		displayName: 'Approve Label',
		name: 'approveLabel',
		type: 'string',
		default: '',
		displayOptions: forApproval,
		placeholder: 'e.g. Sim, pode',
		description: 'What the link that approves is called; empty: Approve, Aprovar or Aprobar',
	},
	{
		displayName: 'Decline Label',
		name: 'declineLabel',
		type: 'string',
		default: '',
		displayOptions: forApproval,
		placeholder: 'e.g. Agora não',
		description: 'What the link that declines is called; empty: Decline, Recusar or Rechazar',
	},
	{
		displayName: 'Answer Label',
		name: 'answerLabel',
		type: 'string',
		default: '',
		displayOptions: { show: { responseType: ['freeText'] } },
		placeholder: 'e.g. Responda aqui',
		description: 'What the link to the page is called',
	},
	{
		displayName: 'Wait at Most',
		name: 'waitAmount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How long to wait; 0 waits without end. When it is over, the item goes on with answered: false.',
	},
	{
		displayName: 'Wait Unit',
		name: 'waitUnit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'hours',
		description: "The unit of 'Wait at Most'",
	},
];

/** A question with links, and how long to wait for its answer. */
export interface Approval {
	links: Array<{ decision: Decision; label: string; query: Record<string, string> }>;
	/** Milliseconds; undefined waits for ever. */
	wait?: number;
}

const units = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 } as const;
const waitForEver = new Date('3000-01-01T00:00:00Z');

/** Reads {@link approvalFields}; refuses a second item, since an execution can wait for one answer at a time. */
export function readApproval(item: Item): Approval {
	if (item.index > 0) throw item.refuse('message', 'can wait for one answer at a time', 'Put a Loop Over Items node before this one, with a batch size of 1.');
	const amount = item.number('waitAmount', { min: 0 }) ?? 0;
	const unit = item.choice('waitUnit', ['days', 'hours', 'minutes'] as const) ?? 'hours';
	const language = item.choice('pageLanguage', ['en', 'es', 'pt'] as const) ?? 'en';
	const link = (decision: Decision, field: string) => {
		const given = item.text(field);
		return { decision, label: given ?? pageWords[language][decision], query: query(decision, language, given) };
	};
	return {
		links: item.choice('responseType', ['approval', 'freeText'] as const) === 'freeText'
			? [link('write', 'answerLabel')]
			: [link('approve', 'approveLabel'), link('decline', 'declineLabel')],
		wait: amount > 0 ? amount * units[unit] : undefined,
	};
}

/**
 * The text of {@link questionField}. n8n writes the parameters of a tool that is to be reviewed as [object Object]; the
 * item has them, and who decides must read them.
 */
export function readQuestion(item: Item): string {
	const typed = item.raw('message');
	const { toolParameters } = item.context.getInputData()[item.index]?.json ?? {};
	if (typeof typed !== 'string' || toolParameters === null || typeof toolParameters !== 'object') return item.required('message');
	const lines = Object.entries(toolParameters).map(([name, value]) => `${name}: ${value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
	return typed.includes(unread) ? typed.replaceAll(unread, () => lines.join('\n')).trim() : item.required('message');
}

const unread = '[object Object]';

/** Short, since people see the address in a chat: what is as usual is not said. */
function query(decision: Decision, language: PageLanguage, label: string | undefined): Record<string, string> {
	return { decision, ...(language === 'en' ? {} : { lang: language }), ...(label === undefined ? {} : { label }) };
}

/** The links with their addresses: signed by n8n, so that nobody can change the decision or the label. */
export function signedLinks(context: IExecuteFunctions, { links }: Approval): Array<{ label: string; url: string }> {
	return links.map(({ label, query: parameters }) => ({ label, url: context.getSignedResumeUrl(parameters) }));
}

/**
 * A question with its links below, for channels that show a text as it is typed.
 *
 * @param most characters that the channel takes
 */
export function withLinkLines(item: Item, question: string, approval: Approval, most: number): string {
	const text = [question, ...signedLinks(item.context, approval).map(({ label, url }) => `${label}: ${url}`)].join('\n\n');
	const length = [...text].length;
	if (length > most) throw item.refuse('message', `has ${length} characters with its links; the channel takes ${most} at most`, 'Shorten it.');
	return text;
}

/** Seconds in which a question that reaches nobody is noticed, before the execution sleeps. */
export const noticeFailure = 10;

/**
 * Lets the execution sleep until somebody answers. When time is over n8n hands on the node's own input; so the item is
 * marked beforehand as not answered, also where an earlier question had been approved.
 */
export async function sleepUntilAnswered(context: IExecuteFunctions, { links, wait }: Approval): Promise<void> {
	const unanswered: IDataObject = { answered: false, ...(links.length === 1 ? { text: null } : { approved: false }), answeredAt: null };
	for (const item of context.getInputData()) item.json = { ...item.json, ...unanswered };
	await context.putExecutionToWait(wait === undefined ? waitForEver : new Date(Date.now() + wait));
}
