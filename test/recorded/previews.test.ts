import { checkSchema, widenSchema } from '../harness/schemas';
import { readRun, RECORDING, type RecordedCall } from './recording';

const { calls } = readRun(RECORDING);
/** Rows in the simplified form, as the node put them out of what a real server answered. */
const simplified = calls.filter(({ kind, status, rows, parameters = {} }) => kind === 'operation' && status === 'success' && rows.length > 0 && (parameters.output ?? 'simplified') === 'simplified');
const byOperation = simplified.reduce((map, call) => map.set(call.name, [...(map.get(call.name) ?? []), call]), new Map<string, RecordedCall[]>());

describe('output previews of Chatwoot', () => {
  it.each([...byOperation])('%s fits all that a server answered', (name, all) => {
    const [resource = '', operation = ''] = name.split(':');
    const rows = all.flatMap(({ rows: shown }) => shown).filter((row) => (row as { summary?: boolean }).summary !== true);
    if (process.env.UPDATE_SCHEMAS === '1') widenSchema('Chatwoot', resource, operation, rows);
    else checkSchema('Chatwoot', resource, operation, rows);
  });
});
