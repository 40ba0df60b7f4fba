/** Requests that come in, as the webhook router hands them to a node. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import { WebhookContext } from 'n8n-core';
import { Node, Workflow } from 'n8n-workflow';
import type { INode, INodeType, IRunExecutionData, IWebhookData, IWebhookResponseData, IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';

import { newRecording, recordings } from './recording';
import type { EngineError, WebhookCallResult, WebhookRequest, WebhookResponse } from './types';

interface Receiving {
  workflow: Workflow;
  node: INode;
  type: INodeType;
  additionalData: IWorkflowExecuteAdditionalData;
  data: IWebhookData;
  mode: WorkflowExecuteMode;
  url: string;
  request: WebhookRequest;
  runExecutionData: IRunExecutionData | null;
}

export async function receive({ workflow, node, type, additionalData, data, mode, url, request, runExecutionData }: Receiving): Promise<Omit<WebhookCallResult, 'staticData'>> {
  const recording = newRecording();
  const nothing = { started: false, outputs: [], items: [], json: [], logs: recording.logs };
  const received = incomingRequest(url, request, data.httpMethod);
  if (received instanceof Error) return { ...nothing, response: { statusCode: 422, headers: {}, body: { message: received.message } } };

  const { response, sent } = outgoingResponse();
  additionalData.httpRequest = received as unknown as NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
  additionalData.httpResponse = response as unknown as NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;
  const closeFunctions: Array<() => Promise<void>> = [];
  const context = new WebhookContext(workflow, node, additionalData, mode, data, closeFunctions, runExecutionData);
  if (type.webhook === undefined) throw new Error(`Node type "${type.description.name}" has no webhook()`);
  let returned: IWebhookResponseData;
  try {
    returned = await recordings.run(recording, async () =>
      type instanceof Node ? await type.webhook!(context as never) : await type.webhook!.call(context));
  } catch (error) {
    return { ...nothing, error: error as EngineError, response: { statusCode: 500, headers: {}, body: undefined } };
  } finally {
    await Promise.all(closeFunctions.map(async (close) => await close()));
  }

  const outputs = returned.workflowData ?? [];
  const items = outputs[0] ?? [];
  const started = returned.workflowData !== undefined;
  const responseCode = Number(workflow.expression.getSimpleParameterValue(node, data.webhookDescription.responseCode as string, mode, {}, undefined, 200));
  const defaultBody = { message: started ? 'Workflow was started' : 'Webhook call received' };
  const answer: WebhookResponse = returned.noWebhookResponse === true || sent.ended
    ? { statusCode: sent.statusCode, headers: sent.headers, body: sent.body }
    : { statusCode: responseCode, headers: sent.headers, body: returned.webhookResponse === undefined ? defaultBody : returned.webhookResponse };
  return { started, outputs, items, json: items.map(({ json }) => json), returned, response: answer, logs: recording.logs };
}

/** What nodes use of express' request. An unreadable body is the server's matter: it answers 422 by itself. */
function incomingRequest(url: string, request: WebhookRequest, defaultMethod: string): object | Error {
  const headers: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const hasBody = request.body !== undefined || request.rawBody !== undefined;
  if (hasBody) headers['content-type'] ??= 'application/json';
  const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isForm = contentType === 'application/x-www-form-urlencoded';

  let rawBody = Buffer.alloc(0);
  if (request.rawBody !== undefined) rawBody = Buffer.from(request.rawBody as string);
  else if (request.body !== undefined) {
    rawBody = Buffer.from(isForm ? new URLSearchParams(request.body as Record<string, string>).toString() : JSON.stringify(request.body));
  }
  let { body } = request;
  if (body === undefined && rawBody.length > 0) {
    const text = rawBody.toString('utf8');
    try {
      if (contentType === 'application/json') body = JSON.parse(text) as unknown;
      else if (isForm) body = Object.fromEntries(new URLSearchParams(text));
      else if (contentType?.startsWith('text/') === true) body = text;
    } catch {
      return new Error('Failed to parse request body');
    }
  }
  if (hasBody) headers['content-length'] ??= String(rawBody.length);

  const parsedUrl = new URL(url);
  const query: Record<string, unknown> = { ...Object.fromEntries(parsedUrl.searchParams), ...request.query };
  headers.host ??= parsedUrl.host;
  const header = (name: string): string | string[] | undefined => headers[name.toLowerCase()];
  return {
    method: request.method ?? defaultMethod,
    url: `${parsedUrl.pathname}${parsedUrl.search}`,
    originalUrl: `${parsedUrl.pathname}${parsedUrl.search}`,
    path: parsedUrl.pathname,
    protocol: parsedUrl.protocol.replace(':', ''),
    host: parsedUrl.host,
    hostname: parsedUrl.hostname,
    ip: '127.0.0.1',
    ips: [],
    headers,
    rawHeaders: Object.entries(headers).flatMap(([name, value]) => [name, String(value)]),
    query,
    params: request.params ?? {},
    body: body ?? {},
    rawBody,
    contentType,
    get: header,
    header,
  };
}

/** What nodes use of express' response, and what they sent with it. */
function outgoingResponse() {
  const sent = { statusCode: 200, headers: {} as OutgoingHttpHeaders, body: undefined as unknown, ended: false };
  const setHeader = (name: string, value: string | number | string[]) => {
    sent.headers[name.toLowerCase()] = value;
    return response;
  };
  const end = (body?: unknown) => {
    if (body !== undefined) sent.body = body;
    sent.ended = true;
    return response;
  };
  const response = {
    get statusCode() { return sent.statusCode; },
    set statusCode(code: number) { sent.statusCode = code; },
    get headersSent() { return sent.ended; },
    get writableEnded() { return sent.ended; },
    status: (code: number) => { sent.statusCode = code; return response; },
    sendStatus: (code: number) => { sent.statusCode = code; return end(String(code)); },
    writeHead: (code: number, headers: OutgoingHttpHeaders = {}) => {
      sent.statusCode = code;
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) setHeader(name, value);
      return response;
    },
    setHeader,
    set: setHeader,
    header: setHeader,
    getHeader: (name: string) => sent.headers[name.toLowerCase()],
    removeHeader: (name: string) => { delete sent.headers[name.toLowerCase()]; },
    type: (value: string) => setHeader('content-type', value),
    write: (chunk: unknown) => { sent.body = `${String(sent.body ?? '')}${String(chunk)}`; return true; },
    json: end,
    send: end,
    end,
    redirect: (...args: [string] | [number, string]) => {
      sent.statusCode = args.length === 2 ? args[0] : 302;
      setHeader('location', args.length === 2 ? args[1] : args[0]);
      return end();
    },
    render: (view: string, values?: object) => end({ view, ...values }),
    on: () => response,
    once: () => response,
  };
  return { response, sent };
}
