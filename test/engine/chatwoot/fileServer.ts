import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of a test file's own with Chatwoot's files: each address redirects to where the file lies; a name with "perdida" is gone. */
export function useFileServer(): { readonly address: string; /** The token that each request brought. */ readonly tokens: unknown[] } {
	const tokens: unknown[] = [];
	let server: Server;
	beforeAll(async () => {
		server = createServer((request, response) => {
			tokens.push(request.headers['api-access-token']);
			if (request.url?.includes('perdida')) response.writeHead(404).end();
			else if (request.url?.startsWith('/rails/')) response.writeHead(302, { location: `/disk${request.url}` }).end();
			else response.writeHead(200, { 'content-type': 'image/png' }).end('png!');
		});
		await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => { server.close(resolve); });
	});
	return { get address() { return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; }, tokens };
}
