import type { INodeProperties } from 'n8n-workflow';

import { joinLargeFields, type PlacedField } from '../../../nodes/shared/operation/largeFields';

const field = (name: string, length = 0): INodeProperties => ({ displayName: name, name, type: 'string', default: '', description: 'x'.repeat(length) });
const placed = (name: string, resource: string, users: string[], length = 0): PlacedField => ({ property: field(name, length), resources: [resource], users: [...users] });
const shown = (fields: PlacedField[]) => fields.map(({ property, resources, users }) => `${property.name} ${resources.join('+')} ${users.join('+')}`);
const operations: Record<string, string[]> = { contact: ['create', 'update'], message: ['send'], deal: ['create', 'update'] };
const operationsOf = (resource: string) => operations[resource]!;

describe('joinLargeFields', () => {
  it('puts a large field of several resources once, and keeps the order of each resource', () => {
    const lists = [
      [placed('name', 'contact', ['create']), placed('country', 'contact', ['create', 'update'], 5000), placed('notes', 'contact', ['update'])],
      [placed('to', 'message', ['send']), placed('country', 'message', ['send'], 5000), placed('text', 'message', ['send'])],
    ];
    const joined = shown(joinLargeFields(lists, operationsOf));
    expect(joined.filter((entry) => entry.startsWith('country'))).toEqual(['country contact+message create+update+send']);
    const place = (name: string) => joined.findIndex((entry) => entry.startsWith(`${name} `));
    for (const [earlier, later] of [['name', 'country'], ['to', 'country'], ['country', 'notes'], ['country', 'text']] as const) expect(place(earlier)).toBeLessThan(place(later));
  });

  it('keeps a field apart where an operation without it would show it', () => {
    const lists = [[placed('country', 'contact', ['create', 'update'], 5000)], [placed('country', 'deal', ['create'], 5000)]];
    expect(shown(joinLargeFields(lists, operationsOf))).toEqual(['country contact create+update', 'country deal create']);
  });

  it('leaves small fields, and fields that are not the same', () => {
    const lists = [[placed('a', 'contact', ['create']), placed('country', 'contact', ['create'], 5000)], [placed('a', 'message', ['send']), placed('country', 'message', ['send'], 5001)]];
    expect(shown(joinLargeFields(lists, operationsOf))).toEqual(['a contact create', 'country contact create', 'a message send', 'country message send']);
  });

  it('joins the larger field where two resources want two orders', () => {
    const lists = [
      [placed('a', 'contact', ['create'], 5000), placed('b', 'contact', ['create'], 6000)],
      [placed('b', 'message', ['send'], 6000), placed('a', 'message', ['send'], 5000)],
    ];
    expect(shown(joinLargeFields(lists, operationsOf))).toEqual(['a contact create', 'b contact+message create+send', 'a message send']);
  });
});
