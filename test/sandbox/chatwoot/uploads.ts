import { Refusal } from '../types';
import type { Handlers } from '../types';
import { refuse } from './errors';
import type { ChatwootState } from './state';

/** A stored file that another call can take by its signed ID. */
export interface ChatwootUpload {
  accountId: number;
  url: string;
  filename: string;
  contentType: string;
  size: number;
}

const PRIVATE = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1)/i;
const TYPES: Record<string, string> = { gif: 'image/gif', jpeg: 'image/jpeg', jpg: 'image/jpeg', mp4: 'video/mp4', png: 'image/png', webp: 'image/webp' };

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    return refuse(422, 'Invalid URL provided');
  }
}

async function ask(url: string): Promise<void> {
  const status = await fetch(url, { signal: AbortSignal.timeout(3000) }).then((answer) => `${answer.status} ${answer.statusText}`, () => undefined);
  if (status === undefined) throw new Refusal({ status: 500, body: { error: 'An unexpected error occurred' } });
  if (!status.startsWith('2')) refuse(422, `Failed to fetch file from URL: ${status}`);
}

/** Uploads; nothing is fetched from the internet: the ending of the address says what the server would find. */
export const uploads: Handlers<ChatwootState> = {
  uploadFile: async ({ state, params, body, files, url }) => {
    const [file] = files;
    let upload: Omit<ChatwootUpload, 'accountId' | 'url'>;
    if (file) upload = { filename: file.filename, contentType: file.contentType, size: file.data.length };
    else {
      if (!body.external_url) refuse(422, 'No file or URL provided');
      const { hostname, pathname } = parsed(String(body.external_url));
      const { internet, privateNetwork } = state.network;
      if (PRIVATE.test(hostname) && privateNetwork) await ask(String(body.external_url));
      else if (PRIVATE.test(hostname) || !internet) refuse(422, 'Invalid URL provided');
      const filename = decodeURIComponent(pathname.split('/').pop() ?? '');
      const contentType = TYPES[filename.split('.').pop()?.toLowerCase() ?? ''];
      if (contentType === undefined) return refuse(422, 'Unsupported file type');
      upload = { filename, contentType, size: 2048 };
    }
    const id = `eyJfcmFpbHMiOnsi${state.ids.hex32('upload')}`;
    const address = `${url}/rails/active_storage/blobs/redirect/${id}/${encodeURIComponent(upload.filename)}`;
    state.uploads.set(id, { ...upload, accountId: params.account_id, url: address });
    return { status: 200, body: { file_url: address, blob_id: id } };
  },
};
