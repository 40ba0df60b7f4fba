import type { IDataObject } from 'n8n-workflow';

const escaped = (value: unknown) => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join('\n') : String(value as string)).replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);
const columns = ['operation', 'call', 'outcome', 'status', 'rows', 'reason', 'differences', 'newKeys', 'answer'];

/** The rows of *Check This Account* as a page to put into an issue. */
export function accountPage(vendor: string, rows: IDataObject[]): string {
  const outcomes = [...new Set(rows.map(({ outcome }) => String(outcome)))];
  const counts = outcomes.map((one) => `${one}: ${rows.filter(({ outcome }) => outcome === one).length}`).join(', ');
  return [
    '<!doctype html><meta charset="utf-8">', `<title>${vendor}: check of an account</title>`,
    '<style>table{border-collapse:collapse;font:13px sans-serif}td,th{border:1px solid #ccc;padding:4px;vertical-align:top;white-space:pre-wrap;max-width:40em;overflow-wrap:anywhere}</style>',
    `<h1>${vendor}: check of an account</h1><p>${counts}. Read it before you send it: it should hold no names, phones or texts.</p>`,
    `<table><tr>${columns.map((name) => `<th>${name}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr>${columns.map((name) => `<td>${escaped(row[name])}</td>`).join('')}</tr>`),
    '</table>', '',
  ].join('\n');
}
