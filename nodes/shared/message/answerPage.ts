import type { IDataObject, IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { objectOrEmpty, textOrNull } from '../values/read';
import { asPlainText } from '../values/html';
import type { Decision } from './spokenDecision';

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

/** The languages that the page behind a link speaks. */
export type PageLanguage = 'en' | 'es' | 'pt';

/** What the page says; `approve`, `decline` and `write` are the labels of links that were given none. */
export const pageWords: Record<PageLanguage, Record<Decision | 'confirm' | 'done' | 'empty' | 'incomplete' | 'send' | 'thanks' | 'yours', string>> = {
	en: { approve: 'Approve', decline: 'Decline', write: 'Answer here', confirm: 'Confirm', done: 'Your answer has been noted. You can close this page.', empty: 'Please write something.', incomplete: 'This link is not complete', send: 'Send', thanks: 'Thank you', yours: 'Your answer' },
	es: { approve: 'Aprobar', decline: 'Rechazar', write: 'Responde aquí', confirm: 'Confirmar', done: 'Tu respuesta quedó registrada. Puedes cerrar esta página.', empty: 'Escribe algo, por favor.', incomplete: 'Este enlace está incompleto', send: 'Enviar', thanks: 'Gracias', yours: 'Tu respuesta' },
	pt: { approve: 'Aprovar', decline: 'Recusar', write: 'Responda aqui', confirm: 'Confirmar', done: 'Sua resposta foi registrada. Você já pode fechar esta página.', empty: 'Escreva algo, por favor.', incomplete: 'Este link está incompleto', send: 'Enviar', thanks: 'Obrigado', yours: 'Sua resposta' },
};

/** The key of `pageWords` that a link says; English for links that say none. */
const languageIn = (value: unknown): PageLanguage => (value === 'es' || value === 'pt' ? value : 'en');

/** An answer as an item. */
export function answerOf(decision: Decision, text?: string): IDataObject {
	const answer: IDataObject = decision === 'write' ? { answered: true, text: text ?? null } : { answered: true, approved: decision === 'approve' };
	return { ...answer, answeredAt: new Date().toISOString() };
}

/**
 * Takes the answer that a link of the question leads to. Opening the link alone answers nothing: chat apps and mail
 * servers open links to preview them.
 *
 * @param answered told once there is an answer
 */
export async function takeAnswer(context: IWebhookFunctions, answered?: () => Promise<void>): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const query = objectOrEmpty(context.getQueryData());
	const language = languageIn(query.lang);
	const words = pageWords[language];
	const decision = (['approve', 'decline', 'write'] as const).find((one) => one === query.decision);
	const page = (status: number, body: string) => {
		response.status(status).setHeader('Content-Type', 'text/html; charset=utf-8');
		response.send(document(body, language, words.yours));
		return { noWebhookResponse: true };
	};
	if (!decision) return page(404, `<h1>${words.incomplete}</h1>`);
	const label = asPlainText(textOrNull(query.label) ?? (decision === 'write' ? words.yours : words[decision]));
	const form = decision === 'write'
		? `<h1>${label}</h1><form method="post"><textarea name="text" rows="5" required autofocus aria-label="${words.yours}"></textarea><button>${words.send}</button></form>`
		: `<h1>${label}</h1><form method="post"><button>${words.confirm}</button></form>`;
	if (context.getRequestObject().method === 'GET') return page(200, form);

	const text = textOrNull(objectOrEmpty(context.getBodyData()).text)?.trim();
	if (decision === 'write' && !text) return page(400, `<p>${words.empty}</p>${form}`);
	await answered?.();
	return {
		...page(200, `<h1>${words.thanks}</h1><p>${words.done}</p>`),
		workflowData: [[{ json: answerOf(decision, text) }]],
	};
}

function document(body: string, language: PageLanguage, title: string): string {
	return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>body{font:16px system-ui,sans-serif;max-width:28rem;margin:15vh auto;padding:0 1rem;text-align:center}button{font:inherit;padding:.7rem 1.6rem;border:0;border-radius:.4rem;background:#1f93ff;color:#fff}textarea{font:inherit;width:100%;margin-bottom:1rem}</style></head><body>${body}</body></html>`;
}
