/** The example in a real n8n: the step of a scenario waits for what an AI agent says. */
import { createSandboxCredentials } from '../examples';
import { startScriptedModel, type ScriptedModel } from '../scriptedModel';
import { useExample } from '../useExample';

let model: ScriptedModel;

beforeAll(async () => { model = await startScriptedModel(); });

const example = useExample('kinbox-scenario-asks-ai.json', {
  activate: true,
  credentials: async (client, sandbox) => [
    ...(await createSandboxCredentials(client, sandbox)),
    await client.createCredential('openAiApi', 'OpenAI account', { apiKey: model.apiKey, url: model.url }),
  ],
});

afterAll(async () => await model?.close());

/** Calls the workflow as the step of the scenario does. */
async function ask(body: object) {
  const { webhookId } = example.workflow.nodes.find(({ name }) => name === 'Scenario Asks')!;
  const { status, data } = await example.n8n.client.callWebhook(`${webhookId}/webhook`, body);
  return { status, data };
}

test('what the agent knows is the answer; what it does not know goes to the team', async () => {
  model.play([{ text: ' Abrimos de terça a domingo, das 7h às 19h. ' }]);
  expect(await ask({ name: 'Nara', question: 'Que horas abre?' })).toEqual({ status: 200, data: { sure: true, answer: 'Abrimos de terça a domingo, das 7h às 19h.' } });
  expect(model.requests[0]!.messages.at(-1)).toMatchObject({ role: 'user', content: 'Nara asks: Que horas abre?' });
  model.play([{ text: 'TEAM' }]);
  expect(await ask({ question: 'Quero falar com uma pessoa' })).toEqual({ status: 200, data: { sure: false, answer: '' } });
  expect(model.problems).toEqual([]);
});

test('a model that cannot be reached leaves the scenario an answer', async () => {
  await model.close();
  expect(await ask({ question: 'Que horas abre?' })).toEqual({ status: 200, data: { sure: false, answer: '' } });
});
