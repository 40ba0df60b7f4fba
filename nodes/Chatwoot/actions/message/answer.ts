import type { IDataObject, IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../../../shared/values/read';

/** The signed address that a waiting execution is answered at: GET shows a page, POST answers. */
export const answerWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map((httpMethod) => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
}));

/** Query values of the links. */
export type Decision = 'approve' | 'decline' | 'write';

const titles: Record<Decision, string> = { approve: 'Approve', decline: 'Decline', write: 'Your answer' };

/**
 * Takes the answer. Opening the link alone answers nothing: chat apps and mail servers open links to
 * preview them.
 */
export async function takeAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = context.getRequestObject();
	const response = context.getResponseObject();
	const query = objectOrEmpty(context.getQueryData());
	const decision = (['approve', 'decline', 'write'] as const).find((one) => one === query.decision);
	const page = (status: number, body: string) => {
		response.status(status).setHeader('Content-Type', 'text/html; charset=utf-8');
		response.send(document(body));
		return { noWebhookResponse: true };
	};
	if (!decision) return page(404, '<h1>This link is not complete</h1>');
	if (request.method === 'GET') return page(200, question(decision));

	const text = textOrNull(objectOrEmpty(context.getBodyData()).text)?.trim();
	if (decision === 'write' && !text) return page(400, `<p>Please write something.</p>${question(decision)}`);
	const answer: IDataObject = decision === 'write'
		? { answered: true, text: text ?? null }
		: { answered: true, approved: decision === 'approve' };
	return await Promise.resolve({
		...page(200, '<h1>Thank you</h1><p>Your answer has been noted. You can close this page.</p>'),
		workflowData: [[{ json: { ...answer, answeredAt: new Date().toISOString() } }]],
	});
}

function question(decision: Decision): string {
	const field = decision === 'write' ? '<textarea name="text" rows="5" required autofocus></textarea>' : '';
	return `<h1>${titles[decision]}</h1><form method="post">${field}<button>${decision === 'write' ? 'Send' : `${titles[decision]} now`}</button></form>`;
}

function document(body: string): string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>Answer</title><style>body{font:16px system-ui,sans-serif;max-width:28rem;margin:15vh auto;padding:0 1rem;text-align:center}button{font:inherit;padding:.7rem 1.6rem;border:0;border-radius:.4rem;background:#1f93ff;color:#fff}textarea{font:inherit;width:100%;margin-bottom:1rem}</style></head><body>${body}</body></html>`;
}
