import { resources as callbell } from '../../nodes/Callbell/actions';
import { resources as chatwoot } from '../../nodes/Chatwoot/actions';
import { resources as kinbox } from '../../nodes/Kinbox/actions';

/** What holds for every operation of the three nodes, beyond what the editor shows of it. */

interface Described {
  option: { value: string };
  orderingKey?: unknown;
  unordered?: string;
}

const all: Array<{ option: { value: string }; operations: Described[] }> = [...callbell, ...chatwoot, ...kinbox];
const vendorOf = new Map<unknown, string>([...callbell.map((entry) => [entry, 'Callbell'] as const), ...chatwoot.map((entry) => [entry, 'Chatwoot'] as const), ...kinbox.map((entry) => [entry, 'Kinbox'] as const)]);
const operations = all.flatMap((resource) => resource.operations.map((operation) => ({ title: `${vendorOf.get(resource)} ${resource.option.value}: ${operation.option.value}`, resource: resource.option.value, operation })));

/** Whether the name of an operation says that it only reads. */
const reads = ({ resource, operation: { option: { value } } }: (typeof operations)[number]) => resource === 'search' || /^(get|find|search|filter|check|wait|download|export)/.test(value);

test('every operation that writes keeps the order of items that touch the same thing, or says why it need not', () => {
  expect(operations.length).toBeGreaterThan(350);
  const silent = operations.filter((entry) => !reads(entry) && entry.operation.orderingKey === undefined && !entry.operation.unordered);
  expect(silent.map(({ title }) => title)).toEqual([]);
});

test('none has both a key and a reason for having none', () => {
  expect(operations.filter(({ operation }) => operation.orderingKey !== undefined && operation.unordered).map(({ title }) => title)).toEqual([]);
});
