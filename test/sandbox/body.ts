import type { UploadedFile } from './types';

export interface ParsedBody {
  /** undefined: no body was sent. */
  value: unknown;
  mediaType: string;
  files: UploadedFile[];
  /** Set when the body is not what its type says. */
  problem?: string;
}

/** Reads JSON, multipart and urlencoded bodies. Files stand in `value` with their names. */
export async function parseBody(raw: Buffer, contentType: string | undefined): Promise<ParsedBody> {
  const mediaType = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (raw.length === 0) return { value: undefined, mediaType, files: [] };
  if (mediaType === 'multipart/form-data') return await parseMultipart(raw, contentType!);
  if (mediaType === 'application/x-www-form-urlencoded') {
    return { value: groupFields([...new URLSearchParams(raw.toString('utf8'))]), mediaType, files: [] };
  }
  try {
    return { value: JSON.parse(raw.toString('utf8')), mediaType, files: [] };
  } catch (error) {
    return { value: raw.toString('utf8'), mediaType, files: [], problem: `body is not JSON: ${(error as Error).message}` };
  }
}

async function parseMultipart(raw: Buffer, contentType: string): Promise<ParsedBody> {
  const mediaType = 'multipart/form-data';
  try {
    const form = await new Response(raw as unknown as BodyInit, { headers: { 'content-type': contentType } }).formData();
    const files: UploadedFile[] = [];
    const fields: Array<[string, string]> = [];
    for (const [field, value] of form as unknown as Iterable<[string, string | File]>) {
      if (typeof value === 'string') fields.push([field, value]);
      else {
        files.push({ field, filename: value.name, contentType: value.type, data: Buffer.from(await value.arrayBuffer()) });
        fields.push([field, value.name]);
      }
    }
    return { value: groupFields(fields), mediaType, files };
  } catch (error) {
    return { value: undefined, mediaType, files: [], problem: `multipart body is broken: ${(error as Error).message}` };
  }
}

/** Repeated names become lists. */
export function groupFields(pairs: Iterable<readonly [string, string]>): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) {
    const before = Object.hasOwn(result, name) ? result[name] : undefined;
    if (before === undefined) Object.defineProperty(result, name, { value, enumerable: true, writable: true, configurable: true });
    else if (Array.isArray(before)) before.push(value);
    else result[name] = [before, value];
  }
  return result;
}
