import { runWorkflow } from '../harness/engine';

test('expressions', async () => {
  const result = await runWorkflow({
    nodes: [
      { name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
      { name: 'Edit', type: 'n8n-nodes-base.set', parameters: { assignments: { assignments: [{ name: 'a.b', value: '={{ $json.x + 1 }}' }, { name: 's', value: "={{ $('Start').item.json.x }}" }] } } },
    ],
    connections: { Start: { main: [[{ node: 'Edit', type: 'main', index: 0 }]] } },
  }, { input: [{ x: 1 }, { x: 2 }] });
  expect(result.error).toBeUndefined();
  expect(result.status).toBe('success');
  expect(result.json('Edit')).toEqual([{ a: { b: 2 }, s: 1 }, { a: { b: 3 }, s: 2 }]);
});
