/**
 * A chat model that follows a script, behind the API of OpenAI (`POST /v1/chat/completions`): what an AI Agent node in
 * a real n8n asks it, and what it is told to answer. It refuses what a real service refuses, and so checks n8n's side of
 * the tools: their schemas, and an answer to each call.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import Ajv from 'ajv';

/** A function as a chat completion request offers it. */
export interface OfferedTool {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>;
}

export interface ChatMessage {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content: string | null;
  tool_calls?: Array<{ id: string; type: 'function'; function: { name: string; arguments: string } }>;
  tool_call_id?: string;
}

export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  tools: OfferedTool[];
}

/** What the model says next: it calls tools, or it ends with a text. */
export type Turn = { calls: Array<{ tool: string; arguments: Record<string, unknown> }> } | { text: string } | { status: number; message: string };

export interface ScriptedModel {
  /** Base address for the credential, ends with /v1. */
  url: string;
  apiKey: string;
  /** Requests since the last script, in their order. */
  requests: ChatRequest[];
  /** What was wrong with requests, or with the script itself. */
  problems: string[];
  /** Sets what is answered to the next requests, one after the other; a function sees the request. */
  play(script: Array<Turn | ((request: ChatRequest) => Turn)>): void;
  close(): Promise<void>;
}

class Refused extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const apiKey = 'sk-scripted-4f1d9c';

/** Starts the model on a free port of 127.0.0.1. */
export async function startScriptedModel(): Promise<ScriptedModel> {
  let script: Array<Turn | ((request: ChatRequest) => Turn)> = [];
  let turns = 0;
  const model: ScriptedModel = {
    url: '',
    apiKey,
    requests: [],
    problems: [],
    play(next) {
      script = next;
      model.requests.length = 0;
      turns = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  const complete = (body: unknown): object => {
    const request = readRequest(body);
    model.requests.push(request);
    const step = script[turns];
    turns += 1;
    if (step === undefined) throw new Refused(400, `The script has ${script.length} answers, and this is request ${turns}`);
    const turn = typeof step === 'function' ? step(request) : step;
    if ('status' in turn) throw new Refused(turn.status, turn.message);
    const message = 'text' in turn
      ? { role: 'assistant', content: turn.text }
      : { role: 'assistant', content: null, tool_calls: turn.calls.map((call, index) => toolCall(call, `call_${turns}_${index}`, request.tools)) };
    return {
      id: `chatcmpl-${turns}`, object: 'chat.completion', created: Math.floor(Date.now() / 1000), model: request.model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: 'text' in turn ? 'stop' : 'tool_calls' }],
      usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
    };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      if (request.headers.authorization !== `Bearer ${apiKey}`) throw new Refused(401, 'Incorrect API key provided');
      if (request.method === 'GET' && request.url === '/v1/models') return void answer(200, { object: 'list', data: [{ id: 'gpt-5-mini', object: 'model' }] });
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions') throw new Refused(404, `Unknown request ${request.method} ${request.url}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      answer(200, complete(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    } catch (error) {
      const status = error instanceof Refused ? error.status : 500;
      // A refusal that the script asks for is no problem.
      if (!(error instanceof Refused && error.status >= 401 && error.status !== 404)) model.problems.push((error as Error).message);
      answer(status, { error: { message: (error as Error).message, type: 'invalid_request_error', param: null, code: null } });
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  model.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return model;
}

/** Reads a request and refuses what the real service refuses. */
function readRequest(body: unknown): ChatRequest {
  const { model, messages, tools = [], stream } = body as { model?: unknown; messages?: ChatMessage[]; tools?: Array<{ type?: unknown; function?: Partial<OfferedTool> }>; stream?: unknown };
  if (typeof model !== 'string') throw new Refused(400, 'you must provide a model parameter');
  if (stream === true) throw new Refused(400, 'This model does not stream');
  if (!Array.isArray(messages) || messages.length === 0) throw new Refused(400, "'messages' must be a list with at least one message");
  const ajv = new Ajv({ strict: false });
  const offered = tools.map(({ type, function: tool = {} }, index) => {
    const { name, description = '', parameters = {} } = tool;
    if (type !== 'function' || typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) throw new Refused(400, `Invalid 'tools[${index}].function.name': '${String(name)}'`);
    if (description.length > 1024) throw new Refused(400, `Invalid 'tools[${index}].function.description': longer than 1024 characters`);
    if (!ajv.validateSchema(parameters)) throw new Refused(400, `Invalid schema for function '${name}': ${ajv.errorsText()}`);
    return { name, description, parameters };
  });
  const names = offered.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new Refused(400, `Two tools have the same name: ${names.join(', ')}`);
  // Each call has to be answered, directly behind it.
  let open: string[] = [];
  for (const [index, { role, tool_calls: calls, tool_call_id: id }] of messages.entries()) {
    if (role === 'tool') {
      if (!open.includes(id ?? '')) throw new Refused(400, `messages[${index}] answers a call that was not made`);
      open = open.filter((one) => one !== id);
    } else {
      if (open.length > 0) throw new Refused(400, `Calls without an answer: ${open.join(', ')}`);
      open = (calls ?? []).map((call) => call.id);
    }
  }
  if (open.length > 0) throw new Refused(400, `Calls without an answer: ${open.join(', ')}`);
  return { model, messages, tools: offered };
}

/** A call as a model makes it: only of a tool that is offered, with arguments that its schema takes. */
function toolCall(call: { tool: string; arguments: Record<string, unknown> }, id: string, tools: OfferedTool[]): object {
  const tool = tools.find(({ name }) => name === call.tool);
  if (!tool) throw new Refused(400, `The script calls '${call.tool}'; there is ${tools.map(({ name }) => name).join(', ') || 'no tool'}`);
  const validate = new Ajv({ strict: false }).compile(tool.parameters);
  if (!validate(call.arguments)) throw new Refused(400, `The schema of '${call.tool}' refuses the script's arguments: ${JSON.stringify(validate.errors)}`);
  return { id, type: 'function', function: { name: call.tool, arguments: JSON.stringify(call.arguments) } };
}

/**
 * What the tools have answered so far, by the tool's name, parsed where it is JSON; of several answers the last. n8n runs
 * the calls of a turn in an order of its own, and gives each of them back as a turn of its own.
 */
export function toolAnswers({ messages }: ChatRequest): Record<string, unknown> {
  const calls = messages.flatMap(({ tool_calls }) => tool_calls ?? []);
  return Object.fromEntries(calls.map(({ id, function: { name } }) => {
    const content = messages.find(({ role, tool_call_id }) => role === 'tool' && tool_call_id === id)?.content;
    try {
      return [name, JSON.parse(content ?? '') as unknown];
    } catch {
      return [name, content];
    }
  }));
}
