import { VENDORS } from './types';
import type { Sandbox } from './index';

const ROWS = 100;
const STYLE = 'body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem;color:#1c2530}h2{margin-top:2rem;border-bottom:2px solid #ccd}table{border-collapse:collapse;margin:.4rem 0 1rem}td,th{border:1px solid #d5d9e0;padding:.2rem .5rem;text-align:left;vertical-align:top;max-width:26rem;overflow-wrap:anywhere}th{background:#f2f4f8}summary{font-weight:600;cursor:pointer}.bad{background:#fde8e8}small{color:#667}';

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return escapeHtml(text.length > 240 ? `${text.slice(0, 240)}…` : text);
}

function table(rows: unknown[], css?: (row: any) => string): string {
  const shown = rows.slice(0, ROWS).map((row) => (row !== null && typeof row === 'object' && !Array.isArray(row) ? row as Record<string, unknown> : { value: row }));
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join('');
  const lines = shown.map((row) => `<tr class="${css?.(row) ?? ''}">${columns.map((column) => `<td>${cell((row as Record<string, unknown>)[column])}</td>`).join('')}</tr>`).join('\n');
  const more = rows.length > ROWS ? `<small>${rows.length - ROWS} more</small>` : '';
  return `<table><tr>${head}</tr>\n${lines}</table>${more}`;
}

/** Every Map and list of a state is a table; look-up indexes (names that end in `By…` or `Index`) are left out. */
function tables(state: object): string {
  return Object.entries(state)
    .filter(([name]) => !/Index$|By[A-Z]\w*$/.test(name) && name !== 'tokens')
    .map(([name, value]): [string, unknown[]] | undefined => {
      if (value instanceof Map) {
        return [name, [...value].map(([key, one]) => (one instanceof Set ? { key, values: [...one] } : one))];
      }
      return Array.isArray(value) ? [name, value] : undefined;
    })
    .filter((entry): entry is [string, unknown[]] => entry !== undefined)
    .map(([name, rows]) => `<details${rows.length > 0 && rows.length <= 30 ? ' open' : ''}><summary>${escapeHtml(name)} (${rows.length})</summary>${rows.length > 0 ? table(rows) : ''}</details>`)
    .join('\n');
}

/** The page that shows what the three systems hold. */
export function statePage(sandbox: Sandbox): string {
  const requests = sandbox.requests.slice(-50).reverse().map(({ vendor, method, path, operationId, query, token, body, status, fault, ms }) => ({ vendor, method, path, query: Object.keys(query).length > 0 ? query : '', operationId, token, body, status, fault, ms }));
  const violations = sandbox.violations.slice(-50).reverse().map(({ vendor, kind, method, path, errors }) => ({ vendor, kind, method, path, errors: errors.join('; ') }));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox</title><style>${STYLE}</style></head><body>
<h1>Sandbox</h1>
<p>Clock ${new Date(sandbox.clock.now()).toISOString()} · ${sandbox.requests.length} requests · ${sandbox.violations.length} violations</p>
<h2>Violations (${sandbox.violations.length})</h2>${violations.length > 0 ? table(violations, () => 'bad') : '<p>None: every request so far was one that the vendors know.</p>'}
<h2>Last requests</h2>${requests.length > 0 ? table(requests, (row: { status: number }) => (row.status >= 400 || row.status === 0 ? 'bad' : '')) : '<p>None yet.</p>'}
${VENDORS.map((vendor) => `<h2>${vendor[0]!.toUpperCase()}${vendor.slice(1)}</h2><p><small>${escapeHtml(sandbox[vendor].url)}</small></p>${tables(sandbox[vendor].state)}`).join('\n')}
</body></html>`;
}
