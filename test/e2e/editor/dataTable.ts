/** n8n's own tables, as a sheet that a person has already. */
import type { N8nClient } from '../client';

/** Address of the tables in the owner's personal project. */
async function tables(client: N8nClient): Promise<string> {
  const { id } = await client.request<{ id: string }>('GET', '/rest/projects/personal');
  return `/rest/projects/${id}/data-tables`;
}

/** Makes a table with text columns and fills it; gives its ID. */
export async function createDataTable(client: N8nClient, name: string, columns: string[], rows: Array<Record<string, string>>): Promise<string> {
  const path = await tables(client);
  const { id } = await client.request<{ id: string }>('POST', path, { name, columns: columns.map((column) => ({ name: column, type: 'string' })) });
  await client.request('POST', `${path}/${id}/insert`, { data: rows, returnType: 'count' });
  return id;
}

export async function deleteDataTable(client: N8nClient, id: string): Promise<void> {
  await client.request('DELETE', `${await tables(client)}/${id}`);
}
