import type { INodeParameters } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { byId, useNode, type Bench, type OperationOptions } from '../support';
import type { SandboxOptions } from '../../sandbox';

export function useCallbell(options: SandboxOptions = {}): Bench {
  return useNode('Callbell', Callbell, options);
}

/** A resource mapper's value as the editor stores it. */
export const mapped = (value: Record<string, unknown>, types: Record<string, string> = {}): INodeParameters => ({
  mappingMode: 'defineBelow',
  value,
  schema: Object.keys(value).map((id) => ({ id, displayName: id, required: false, defaultMatch: false, display: true, type: types[id] ?? 'string' })),
}) as unknown as INodeParameters;

interface Operation {
  resource: string;
  operation: string;
  /** Fields that make one good call. */
  parameters: () => INodeParameters;
  /** Name of the field whose unknown ID gives "not found"; left out when there is none. */
  idField?: string;
  /** An ID field is a locator, unless this says otherwise. */
  plainId?: boolean;
  options?: () => OperationOptions;
}

/** What every operation must do: link items, name the item that fails, keep going when told, and hide the token. */
export function behavesWell(bench: Bench, { resource, operation, parameters, idField, plainId, options }: Operation): void {
  const run = async (extra: INodeParameters, more: OperationOptions = {}) => await bench.run(resource, operation, { ...parameters(), ...extra }, { ...options?.(), ...more });

  it('links each output to its input item', async () => {
    const { error, first } = await run({});
    expect(error).toBeUndefined();
    expect(first.length).toBeGreaterThan(0);
    for (const { pairedItem } of first) expect(pairedItem).toEqual({ item: 0 });
  });

  it('names the credential when the token is wrong', async () => {
    const { error, requests } = await run({}, { credential: { callbellApi: { token: 'wrongTokenOfSomeone' } } });
    expect(error?.message).toBe('Callbell did not accept the token of the credential [item 0]');
    expect(error?.description).toContain('Settings > API settings > API keys');
    expect(JSON.stringify(requests)).not.toContain('wrongTokenOfSomeone');
  });

  if (idField === undefined) return;

  it('says that the record is unknown, and goes on with the next item when told', async () => {
    const unknown = plainId ? 'nobody' : byId('nobody');
    const stopped = await run({ [idField]: unknown });
    expect(stopped.error?.message).toBe('Callbell does not know this record [item 0]');
    const good = parameters()[idField] as { value?: string } | string;
    const value = typeof good === 'string' ? good : good.value!;
    const { first, outputs, error } = await run({ [idField]: plainId ? '={{ $json.id }}' : byId('={{ $json.id }}') }, { items: [{ id: 'nobody' }, { id: value }], onError: 'continueErrorOutput' });
    expect(error).toBeUndefined();
    expect(first.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":1}')).toBe(true);
    expect(outputs[1]?.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([[expect.stringMatching(/^Callbell does not know this record \[item 0\]/), { item: 0 }]]);
  });
}
