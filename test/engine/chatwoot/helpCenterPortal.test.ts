import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch, loadOptions } from '../../harness/engine';
import { byId, byUrl, credentials, credentialValues, useNode } from '../support';
import { asAgent, describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/portals';
const state = () => chatwoot.sandbox.chatwoot.state;
const portalSlug = byId('loja-exemplo');
const secrets = ['hmacSite', 'hmac_token'];
const picture = { json: {}, binary: { data: { data: Buffer.from('png').toString('base64'), mimeType: 'image/png', fileName: 'logo.png' } } };
const badPortal: [string, Record<string, string>, RegExp] = ['a portal with a slash', { portalSlug: '={{ "a/b" }}' }, /^'Portal' is not the slug of a portal \[item 0\]$/];
const unknownPortal = { unknown: { portalSlug: byId('nobody') } };

describe('help center portal', () => {
	const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('helpCenterPortal', operation, fields, options);
	const unknown = { ...unknownPortal };

	it('creates with every field, and a logo from the input', async () => {
		const { rows, requests, error } = await run('create', {
			name: 'Ajuda & Dúvidas', slug: '',
			additionalFields: {
				archived: false, color: '#123456', customDomain: 'ajuda.example.com', defaultLocale: 'pt_BR', draftLocales: 'es', headerText: 'Como podemos ajudar?', homepage: 'https://lojaexemplo.com.br', locales: 'pt_BR, en,es', layout: 'documentation',
				inboxId: byId(1), logo: 'data', pageTitle: 'Ajuda', socialProfiles: { profile: [{ network: 'instagram', handle: 'lojaexemplo' }, { network: 'x', handle: 'loja' }] },
				translations: { translation: [{ locale: 'en', name: 'Help', pageTitle: 'Help', headerText: 'How can we help?' }] },
			},
		}, { items: [picture] });
		expect(error).toBeUndefined();
		expect(requests.map(({ method, path: at }) => `${method} ${at}`)).toEqual(['POST /api/v1/accounts/1/upload', `POST ${path}`]);
		expect(requests[1]?.body).toEqual({
			portal: {
				name: 'Ajuda & Dúvidas', slug: 'ajuda-duvidas', color: '#123456', custom_domain: 'ajuda.example.com', header_text: 'Como podemos ajudar?', homepage_link: 'https://lojaexemplo.com.br', page_title: 'Ajuda', archived: false,
				config: {
					default_locale: 'pt_BR', layout: 'documentation', allowed_locales: ['pt_BR', 'en', 'es'], draft_locales: ['es'], social_profiles: { instagram: 'lojaexemplo', x: 'loja' },
					locale_translations: { en: { name: 'Help', page_title: 'Help', header_text: 'How can we help?' } },
				},
			},
			inbox_id: 1,
			blob_id: [...state().uploads.keys()][0],
		});
		expect(rows).toEqual([{
			id: '3', slug: 'ajuda-duvidas', name: 'Ajuda & Dúvidas', pageTitle: 'Ajuda', headerText: 'Como podemos ajudar?', homepage: 'https://lojaexemplo.com.br', customDomain: 'ajuda.example.com', archived: false, defaultLocale: 'pt_BR',
			locales: ['pt_BR', 'en', 'es'], inboxId: '1', url: `${chatwoot.sandbox.chatwoot.url}/hc/ajuda-duvidas`,
		}]);
		expect(state().portals.get(3)?.logo).toMatchObject({ filename: 'logo.png' });
	});

	it('says that the slug is taken, on the whole server', async () => {
		expect((await run('create', { name: 'x', slug: 'tienda-ejemplo' })).error?.message).toMatch(/^Chatwoot refused 'Slug': Slug has already been taken/);
	});

	it('gets one by slug, by the address in the app and by the public one, without the keys of its inbox', async () => {
		for (const portal of [portalSlug, byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/portals/loja-exemplo/en/articles`), byUrl(`${chatwoot.sandbox.chatwoot.url}/hc/loja-exemplo/en`)]) {
			const { rows, requests, visibleText } = await run('get', { portalSlug: portal, output: 'raw' });
			expect(requests[0]).toMatchObject({ method: 'GET', path: `${path}/loja-exemplo` });
			expect(rows[0]).toMatchObject({ slug: 'loja-exemplo', meta: { all_articles_count: 4, published_count: 3 }, inbox: { id: 1 } });
			for (const secret of secrets) expect(visibleText()).not.toContain(secret);
		}
		expect((await run('get', { portalSlug })).rows[0]).toMatchObject({ name: 'Loja Exemplo', locales: ['pt_BR', 'en'], inboxId: '1' });
	});

	it('gets many; an agent, too', async () => {
		state().portals.set(9, { ...state().portals.get(1)!, id: 9, slug: 'outro', name: 'Outro' });
		const { rows, visibleText } = await run('getAll', { returnAll: true, output: 'raw' });
		expect(rows.map(({ slug }) => slug)).toEqual(['loja-exemplo', 'outro']);
		for (const secret of secrets) expect(visibleText()).not.toContain(secret);
		expect((await run('getAll', { limit: 1 }, asAgent(chatwoot))).rows).toHaveLength(1);
		const options = { credentials, credentialValues: credentialValues(chatwoot.sandbox) };
		expect((await listSearch(Chatwoot, 'searchPortals', options)).results).toEqual([{ name: 'Loja Exemplo · loja-exemplo', value: 'loja-exemplo' }, { name: 'Outro · outro', value: 'outro' }]);
		expect((await loadOptions(Chatwoot, 'portalLocales', { ...options, parameters: { resource: 'helpCenterCategory', operation: 'create', portalSlug } })).map(({ value }) => value)).toEqual(['pt_BR', 'en']);
		expect(await loadOptions(Chatwoot, 'portalLocales', { ...options, parameters: { resource: 'helpCenterCategory', operation: 'create' } })).toEqual([]);
	});

	it('updates, and keeps the rest of the configuration', async () => {
		const { rows, requests } = await run('update', { portalSlug, updateFields: { name: 'Loja', slug: 'loja', archived: true, locales: 'pt_BR,es' } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/loja-exemplo`, body: { portal: { name: 'Loja', slug: 'loja', archived: true, config: { allowed_locales: ['pt_BR', 'es'] } } } });
		expect(rows[0]).toMatchObject({ slug: 'loja', name: 'Loja', archived: true, defaultLocale: 'pt_BR', locales: ['pt_BR', 'es'] });
		const inboxOnly = await run('update', { portalSlug: byId('loja'), updateFields: { inboxId: byId(1) } });
		expect(inboxOnly.requests[0]?.body).toEqual({ inbox_id: 1 });
	});

	it('deletes it with what it holds', async () => {
		expect((await run('delete', { portalSlug })).rows).toEqual([{ deleted: true }]);
		await chatwoot.sandbox.settled();
		expect([state().portals.size, state().categories.size, state().articles.size]).toEqual([1, 1, 0]);
	});

	describeFailures(chatwoot, 'helpCenterPortal', 'create', {
		good: () => ({ name: 'Nova' }), adminOnly: true,
		bad: [
			['no name', { name: ' ' }, /^'Name' is empty/], ['a slug with blanks', { slug: 'a b' }, /^'Slug' cannot stand in an address/], ['nothing to make a slug from', { name: '!!!' }, /^'Slug' is empty/],
			['a colour by name', { additionalFields: { color: 'red' } }, /^'Color' is not a colour/], ['a domain with https', { additionalFields: { customDomain: 'https://a.b' } }, /^'Custom Domain' is not a domain/],
			['a language by name', { additionalFields: { locales: 'en, English' } }, /^'Languages' has an entry that is not a language code: English/],
			['a default language that is not there', { additionalFields: { locales: 'en', defaultLocale: 'es' } }, /^'Default Language' is not one of the languages/],
		],
	});
	describeFailures(chatwoot, 'helpCenterPortal', 'get', { good: () => ({ portalSlug }), ...unknown, bad: [badPortal] });
	describeFailures(chatwoot, 'helpCenterPortal', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'helpCenterPortal', 'update', { good: () => ({ portalSlug, updateFields: { name: 'x' } }), ...unknown, adminOnly: true, bad: [badPortal, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'helpCenterPortal', 'delete', { good: () => ({ portalSlug }), ...unknown, adminOnly: true, bad: [badPortal] });
});

describe('help center portal: categories', () => {
	const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('helpCenterCategory', operation, { portalSlug, ...fields }, options);
	const at = `${path}/loja-exemplo/categories`;
	const unknown = { unknown: { categoryId: byId(99) } };
	const bad: [string, Record<string, string>, RegExp] = ['an ID of letters', { categoryId: '={{ "abc" }}' }, /^'Category' is not an ID \[item 0\]$/];

	it('creates with every field', async () => {
		const { rows, requests, error } = await run('create', {
			name: 'Pagamentos', slug: 'pagar',
			additionalFields: { description: 'Formas de pagar', icon: '💳', iconColor: '#000', locale: 'pt_BR', parentId: byId(2), position: 7, relatedIds: ['1', '2'], translationOf: byId(3) },
		});
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path: at });
		expect(requests[0]?.body).toEqual({
			category: { name: 'Pagamentos', slug: 'pagar', description: 'Formas de pagar', position: 7, locale: 'pt_BR', icon: '💳', icon_color: '#000', parent_category_id: 2, associated_category_id: 3, related_category_ids: [1, 2] },
		});
		expect(rows).toEqual([{ id: '5', slug: 'pagar', name: 'Pagamentos', locale: 'pt_BR', description: 'Formas de pagar', icon: '💳', position: 7, parentId: '2', relatedIds: ['1', '2'], articles: 0 }]);
		expect((await run('create', { name: 'Dúvidas gerais' })).requests[0]?.body).toEqual({ category: { name: 'Dúvidas gerais', slug: 'duvidas-gerais' } });
	});

	it('names the field that the server refuses', async () => {
		expect((await run('create', { name: 'x', additionalFields: { locale: 'fr' } })).error?.message).toMatch(/^Chatwoot refused 'Locale': Locale fr of category is not part of portal/);
	});

	it('gets one, many, and those of a language', async () => {
		expect((await run('get', { categoryId: byId(2) })).rows[0]).toMatchObject({ id: '2', name: 'Trocas', relatedIds: ['1'], articles: 1 });
		const all = await run('getAll', { returnAll: true });
		expect(all.requests[0]).toMatchObject({ path: at, query: { page: '1' } });
		expect(all.rows.map(({ name }) => name)).toEqual(['Entregas', 'Trocas', 'Delivery']);
		expect((await run('getAll', { locale: 'en' }, asAgent(chatwoot))).rows.map(({ name }) => name)).toEqual(['Delivery']);
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
		const options = { credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'helpCenterCategory', operation: 'update', portalSlug } };
		expect((await listSearch(Chatwoot, 'searchCategories', { ...options, filter: 'ent' })).results).toEqual([{ name: 'Entregas · pt_BR', value: '1' }]);
		expect((await loadOptions(Chatwoot, 'categoryIds', options)).map(({ value }) => value)).toEqual(['1', '2', '3']);
		expect((await listSearch(Chatwoot, 'searchCategories', { ...options, parameters: { resource: 'helpCenterCategory', operation: 'update' } })).results).toEqual([]);
	});

	it('updates and deletes; articles stay', async () => {
		const { rows, requests } = await run('update', { categoryId: byId(1), updateFields: { name: 'Envios', slug: 'envios', position: 0 } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${at}/1`, body: { category: { name: 'Envios', slug: 'envios', position: 0 } } });
		expect(rows[0]).toMatchObject({ name: 'Envios', slug: 'envios', position: 0 });
		expect((await run('delete', { categoryId: byId(1) })).rows).toEqual([{ deleted: true }]);
		expect(state().articles.get(1)?.categoryId).toBeNull();
	});

	describeFailures(chatwoot, 'helpCenterCategory', 'create', { good: () => ({ portalSlug, name: 'Nova' }), ...unknownPortal, adminOnly: true, bad: [badPortal, ['no name', { name: ' ' }, /^'Name' is empty/], ['a related category by name', { additionalFields: { relatedIds: ['Trocas'] } }, /has an entry that is not the ID of a category: Trocas/]] });
	describeFailures(chatwoot, 'helpCenterCategory', 'get', { good: () => ({ portalSlug, categoryId: byId(1) }), ...unknown, adminOnly: true, bad: [bad, badPortal] });
	describeFailures(chatwoot, 'helpCenterCategory', 'getAll', { good: () => ({ portalSlug }), ...unknownPortal, bad: [badPortal] });
	describeFailures(chatwoot, 'helpCenterCategory', 'update', { good: () => ({ portalSlug, categoryId: byId(1), updateFields: { name: 'x' } }), ...unknown, adminOnly: true, bad: [bad, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'helpCenterCategory', 'delete', { good: () => ({ portalSlug, categoryId: byId(1) }), ...unknown, adminOnly: true, bad: [bad] });
});

describe('help center portal: articles', () => {
	const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('helpCenterArticle', operation, { portalSlug, ...fields }, options);
	const at = `${path}/loja-exemplo/articles`;
	const unknown = { unknown: { articleId: byId(99) } };
	const bad: [string, Record<string, string>, RegExp] = ['an ID of letters', { articleId: '={{ "abc" }}' }, /^'Article' is not an ID \[item 0\]$/];

	it('creates a draft of the token\'s owner, who is asked for once', async () => {
		const { rows, requests, error } = await run('create', { title: '={{ $json.title }}', content: 'Em breve' }, { items: [{ title: 'Um' }, { title: 'Dois' }] });
		expect(error).toBeUndefined();
		expect(requests.map(({ method, path: to }) => `${method} ${to}`).sort()).toEqual(['GET /api/v1/profile', `POST ${at}`, `POST ${at}`]);
		expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({ article: { title: expect.stringMatching(/^(Um|Dois)$/), content: 'Em breve', status: 'draft', author_id: 1 } });
		expect(rows[0]).toMatchObject({ title: 'Um', status: 'draft', author: 'Marina Duarte', url: null });
	});

	it('creates with every field, public at once', async () => {
		const { rows, requests, error } = await run('create', {
			title: 'Retirada na loja', content: 'Traga um documento.', status: 'published',
			additionalFields: { authorId: byId(2), categoryId: byId(1), description: 'Onde', locale: 'pt_BR', metaDescription: 'd', metaTags: 'a, b', metaTitle: 't', position: 3, slug: 'retirada', translationOf: byId(3) },
		});
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(requests[0]?.body).toEqual({
			article: {
				title: 'Retirada na loja', content: 'Traga um documento.', status: 'published', slug: 'retirada', position: 3, description: 'Onde', category_id: 1, author_id: 2, associated_article_id: 3, locale: 'pt_BR',
				meta: { title: 't', description: 'd', tags: ['a', 'b'] },
			},
		});
		expect(rows).toEqual([{
			id: '5', slug: 'retirada', title: 'Retirada na loja', content: 'Traga um documento.', description: 'Onde', status: 'published', locale: 'pt_BR', category: 'Entregas', author: 'Caio Nogueira', views: 0,
			url: `${chatwoot.sandbox.chatwoot.url}/hc/loja-exemplo/articles/retirada`, updatedAt: expect.stringMatching(/Z$/),
		}]);
	});

	it('names the author that the server refuses', async () => {
		expect((await run('create', { title: 'x', additionalFields: { authorId: byId(77) } })).error?.message).toMatch(/^Chatwoot refused 'Author': Author must exist/);
	});

	it('gets one by ID and by its address in the app', async () => {
		for (const articleId of [byId(1), byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/portals/loja-exemplo/pt_BR/articles/edit/1`), byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/portals/loja-exemplo/pt_BR/entregas/articles/published/edit/1`)]) {
			expect((await run('get', { articleId })).rows[0]).toMatchObject({ id: '1', title: 'Prazo de entrega', category: 'Entregas', views: 42, url: expect.stringContaining('/hc/loja-exemplo/articles/prazo-de-entrega') });
		}
	});

	it.each([
		['all, last change first', {}, ['Vale-presente', 'Delivery times', 'Como trocar um produto', 'Prazo de entrega']],
		['by text', { text: 'DIAS' }, ['Como trocar um produto', 'Prazo de entrega']],
		['by status', { status: 'draft' }, ['Vale-presente']],
		['by author', { authorId: byId(2) }, ['Vale-presente']],
		['by language', { locale: 'en' }, ['Delivery times']],
		['by a category whose slug two languages have', { categoryId: byId(1) }, ['Prazo de entrega']],
		['by its translation', { categoryId: byId(3) }, ['Delivery times']],
		['by a category of another language: none', { categoryId: byId(3), locale: 'pt_BR' }, []],
	])('gets many: %s', async (_what, filters, titles) => {
		const { rows, error } = await run('getAll', { filters }, asAgent(chatwoot));
		expect(error).toBeUndefined();
		expect(rows.map(({ title }) => title)).toEqual(titles);
	});

	it('says that the portal has no such category', async () => {
		expect((await run('getAll', { filters: { categoryId: byId(4) } })).error?.message).toBe('Portal loja-exemplo has no category 4 [item 0]');
	});

	it('reads on to the last page, and no further than the limit; the list of the editor does, too', async () => {
		const [first] = state().articles.values();
		for (let id = 100; id < 130; id += 1) state().articles.set(id, { ...first!, id, title: `Aviso ${id}`, slug: `aviso-${id}` });
		const all = await run('getAll', { returnAll: true });
		expect(all.rows).toHaveLength(34);
		expect(all.requests.map(({ query }) => query.page)).toEqual(['1', '2']);
		expect((await run('getAll', { limit: 3 })).rows).toHaveLength(3);
		const options = { credentials, credentialValues: credentialValues(chatwoot.sandbox), parameters: { resource: 'helpCenterArticle', operation: 'update', portalSlug } };
		const page = await listSearch(Chatwoot, 'searchArticles', options);
		expect([page.results.length, page.paginationToken]).toEqual([25, '2']);
		expect((await listSearch(Chatwoot, 'searchArticles', { ...options, filter: 'delivery' })).results).toEqual([{ name: 'Delivery times · published', value: '3' }]);
		expect((await listSearch(Chatwoot, 'searchArticles', { ...options, parameters: { resource: 'helpCenterArticle', operation: 'update' } })).results).toEqual([]);
	});

	it('updates, and keeps what search engines see besides', async () => {
		const { rows, requests } = await run('update', { articleId: byId(2), updateFields: { status: 'archived', metaTitle: 'Trocar' } });
		expect(requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
		expect(requests[1]).toMatchObject({ path: `${at}/2`, body: { article: { status: 'archived', meta: { title: 'Trocar', description: 'Como trocar', tags: ['troca'] } } } });
		expect(rows[0]).toMatchObject({ status: 'archived', url: null });
		const plain = await run('update', { articleId: byId(2), updateFields: { title: 'Trocas', content: 'Novo texto' } });
		expect(plain.requests.map(({ method, body }) => [method, body])).toEqual([['PATCH', { article: { title: 'Trocas', content: 'Novo texto' } }]]);
		expect((await run('update', { articleId: byId(4), updateFields: { status: 'published' } })).error?.message).toMatch(/^Chatwoot refused 'Content'/);
	});

	it('deletes', async () => {
		expect((await run('delete', { articleId: byId(1) })).rows).toEqual([{ deleted: true }]);
		expect(state().articles.has(1)).toBe(false);
	});

	describeFailures(chatwoot, 'helpCenterArticle', 'create', {
		good: () => ({ portalSlug, title: 'Novo' }), ...unknownPortal, adminOnly: false,
		bad: [
			badPortal, ['no title', { title: ' ' }, /^'Title' is empty/], ['to publish without text', { status: 'published' }, /^'Content' is empty, and an article without text cannot be published/],
			['a slug that Chatwoot keeps', { additionalFields: { slug: 'search' } }, /^'Slug' is a word that Chatwoot keeps/], ['a title that is too long', { title: 'x'.repeat(256) }, /^'Title' is longer than 255/],
		],
	});
	describeFailures(chatwoot, 'helpCenterArticle', 'get', { good: () => ({ portalSlug, articleId: byId(1) }), ...unknown, adminOnly: true, bad: [bad, badPortal] });
	describeFailures(chatwoot, 'helpCenterArticle', 'getAll', { good: () => ({ portalSlug }), ...unknownPortal, bad: [badPortal] });
	describeFailures(chatwoot, 'helpCenterArticle', 'update', { good: () => ({ portalSlug, articleId: byId(1), updateFields: { title: 'x' } }), ...unknown, adminOnly: true, bad: [bad, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'helpCenterArticle', 'delete', { good: () => ({ portalSlug, articleId: byId(1) }), ...unknown, adminOnly: true, bad: [bad] });
});
