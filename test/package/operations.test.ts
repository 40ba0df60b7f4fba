import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resources as callbell } from '../../nodes/Callbell/actions';
import { resources as chatwoot } from '../../nodes/Chatwoot/actions';
import { resources as kinbox } from '../../nodes/Kinbox/actions';
import { checksOf, knownAnswersOf } from '../../scripts/known-answers';
import { root } from '../../scripts/nodes';

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

describe('Check This Account', () => {
  /** Reads that it does not ask for, and why. */
  const unasked: Record<string, string> = {
    'Kinbox message: getQueueStatus': 'knows messages only that were sent a moment ago',
    'Callbell campaign: getResults': 'asks as message: getStatus',
    'Kinbox campaign: getResults': 'asks as campaign: get and campaign: getRecipients',
    'Callbell contact: getCustomFields': 'reads contact: getAll',
    'Chatwoot account: getAll': 'reads profile: get',
    'Chatwoot agent: get': 'reads agent: getAll',
    'Chatwoot cannedResponse: get': 'reads cannedResponse: getAll',
    'Chatwoot webhook: get': 'reads webhook: getAll',
    'Chatwoot integration: getConnections': 'reads integration: getAll',
  };

  test('asks for everything that the nodes get, and for nothing else', () => {
    const asked = Object.entries(checksOf).flatMap(([vendor, checks]) => checks.map(({ operation }) => `${vendor} ${operation.replace(':', ': ')}`));
    // A public inbox is a visitor's: the token has no part in it.
    const gets = operations.filter(({ resource, operation }) => /^get/.test(operation.option.value) && resource !== 'publicInbox').map(({ title }) => title);
    expect(gets.filter((title) => !asked.includes(title) && !(title in unasked))).toEqual([]);
    expect(Object.keys(unasked).filter((title) => asked.includes(title) || !gets.includes(title))).toEqual([]);
    expect(asked.filter((title) => !operations.some((one) => one.title === title))).toEqual([]);
  });

  test.each(Object.keys(checksOf))('compares %s with its contract and previews as they are: npm run docs', (vendor) => {
    expect(readFileSync(join(root, `nodes/${vendor}/helpers/knownAnswers.ts`), 'utf8')).toBe(knownAnswersOf(vendor));
  });
});
