import type { Ids } from '../ids';
import type { Call, Handlers, JsonObject } from '../types';
import { membership, renderAgent } from './agents';
import { crash, invalid, notFound } from './errors';
import { fullInbox } from './inboxes';
import type { ChatwootState } from './state';

type HelpCall = Call<ChatwootState>;

export interface ChatwootPortal {
  id: number;
  accountId: number;
  slug: string;
  name: string;
  color: string | null;
  customDomain: string | null;
  headerText: string | null;
  homepageLink: string | null;
  pageTitle: string | null;
  archived: boolean;
  config: JsonObject;
  inboxId: number | null;
  logo: JsonObject | null;
}

export interface ChatwootCategory {
  id: number;
  portalId: number;
  slug: string;
  name: string;
  locale: string;
  description: string | null;
  position: number | null;
  icon: string | null;
  iconColor: string | null;
  parentId: number | null;
  associatedId: number | null;
  relatedIds: number[];
}

export interface ChatwootArticle {
  id: number;
  portalId: number;
  categoryId: number | null;
  authorId: number;
  slug: string;
  title: string;
  content: string | null;
  description: string | null;
  status: 'draft' | 'published' | 'archived';
  locale: string;
  position: number | null;
  meta: JsonObject;
  associatedId: number | null;
  views: number;
  updatedAt: number;
}

/** The help center's part of the state. */
export interface ChatwootHelpCenter {
  portals: Map<number, ChatwootPortal>;
  categories: Map<number, ChatwootCategory>;
  articles: Map<number, ChatwootArticle>;
}

/**
 * One portal in each account; the first has two languages, three categories and four articles.
 *
 * @param at milliseconds since 1970
 */
export function createHelpCenter(ids: Ids, at: number): ChatwootHelpCenter {
  const portal = (accountId: number, slug: string, name: string, locales: string[], inboxId: number | null): ChatwootPortal => ({
    id: ids.number('portal'), accountId, slug, name, color: '#1abc9c', customDomain: null, headerText: null, homepageLink: null, pageTitle: null, archived: false,
    config: { allowed_locales: locales, default_locale: locales[0], draft_locales: [] }, inboxId, logo: null,
  });
  const category = (portalId: number, slug: string, name: string, locale: string, more: Partial<ChatwootCategory> = {}): ChatwootCategory => ({
    id: ids.number('category'), portalId, slug, name, locale, description: null, position: ids.number('seedPosition'), icon: '', iconColor: null, parentId: null, associatedId: null, relatedIds: [], ...more,
  });
  const article = (title: string, slug: string, categoryId: number | null, locale: string, status: ChatwootArticle['status'], content: string | null, more: Partial<ChatwootArticle> = {}): ChatwootArticle => ({
    id: ids.number('article'), portalId: 1, categoryId, authorId: 1, slug, title, content, description: null, status, locale, position: null, meta: {}, associatedId: null, views: 0, updatedAt: at + ids.number('seedMinute') * 60_000, ...more,
  });
  const keyed = <One extends { id: number }>(rows: One[]): Map<number, One> => new Map(rows.map((one) => [one.id, one]));
  return {
    portals: keyed([portal(1, 'loja-exemplo', 'Loja Exemplo', ['pt_BR', 'en'], 1), portal(2, 'tienda-ejemplo', 'Tienda Ejemplo', ['es'], null)]),
    categories: keyed([
      category(1, 'entregas', 'Entregas', 'pt_BR', { icon: '📦' }), category(1, 'trocas', 'Trocas', 'pt_BR', { relatedIds: [1] }),
      category(1, 'entregas', 'Delivery', 'en', { associatedId: 1 }), category(2, 'envios', 'Envíos', 'es'),
    ]),
    articles: keyed([
      article('Prazo de entrega', 'prazo-de-entrega', 1, 'pt_BR', 'published', 'Entregamos em **dois dias úteis**.', { views: 42 }),
      article('Como trocar um produto', 'como-trocar', 2, 'pt_BR', 'published', 'Você tem 30 dias.', { meta: { title: 'Trocas', description: 'Como trocar', tags: ['troca'] } }),
      article('Delivery times', 'delivery-times', 3, 'en', 'published', 'We deliver within two working days.', { associatedId: 1 }),
      article('Vale-presente', 'vale-presente', null, 'pt_BR', 'draft', null, { authorId: 2 }),
    ]),
  };
}

const STATUSES = ['draft', 'published', 'archived'] as const;
const CATEGORY_PAGE = 1000;
const ARTICLE_PAGE = 25;
const SEARCH_PAGE = 15;

const localesOf = (portal: ChatwootPortal): string[] => portal.config.allowed_locales as string[];
const portalsOf = ({ state, params }: HelpCall): ChatwootPortal[] => [...state.portals.values()].filter((one) => one.accountId === params.account_id);
const portalBySlug = (call: HelpCall): ChatwootPortal | undefined => portalsOf(call).find((one) => one.slug === call.params.portal_slug);
/** Categories and articles look their portal up with `find_by!`. */
const findPortal = (call: HelpCall): ChatwootPortal => portalBySlug(call) ?? notFound();
/** The portal's own calls do not, and fall over a missing one. */
const ownPortal = (call: HelpCall): ChatwootPortal => portalBySlug(call) ?? crash();

const categoriesOf = (state: ChatwootState, portal: ChatwootPortal): ChatwootCategory[] =>
  [...state.categories.values()].filter((one) => one.portalId === portal.id).sort((a, b) => (a.position ?? 1e9) - (b.position ?? 1e9) || a.id - b.id);
const articlesOf = (state: ChatwootState, portal: ChatwootPortal): ChatwootArticle[] => [...state.articles.values()].filter((one) => one.portalId === portal.id);

/** Articles are counted in the single-portal call only. */
function renderPortal({ state, identity, query }: HelpCall, portal: ChatwootPortal, counted = false): JsonObject {
  const { config } = portal;
  const inbox = portal.inboxId === null ? undefined : state.inboxes.get(portal.inboxId);
  const articles = articlesOf(state, portal);
  const shown = articles.filter((one) => query.locale === undefined || one.locale === query.locale);
  const count = (status?: ChatwootArticle['status']): number | null => (counted ? shown.filter((one) => status === undefined || one.status === status).length : null);
  return {
    id: portal.id, color: portal.color ?? '#1f93ff', custom_domain: portal.customDomain, header_text: portal.headerText, homepage_link: portal.homepageLink, name: portal.name, page_title: portal.pageTitle,
    slug: portal.slug, archived: portal.archived, account_id: portal.accountId,
    config: {
      allowed_locales: localesOf(portal).map((code) => ({
        code, articles_count: articles.filter((one) => one.locale === code).length, categories_count: categoriesOf(state, portal).filter((one) => one.locale === code).length,
        draft: ((config.draft_locales ?? []) as string[]).includes(code),
      })),
      default_locale: config.default_locale, layout: config.layout ?? 'classic', social_profiles: config.social_profiles ?? {}, locale_translations: config.locale_translations ?? {},
    },
    ...(inbox ? { inbox: fullInbox(inbox, identity.role) } : {}), ...(portal.logo ? { logo: portal.logo } : {}),
    meta: {
      all_articles_count: count(), archived_articles_count: count('archived'), published_count: count('published'), draft_articles_count: count('draft'),
      categories_count: categoriesOf(state, portal).length, default_locale: config.default_locale,
    },
  };
}

function assignPortal(call: HelpCall, portal: ChatwootPortal): void {
  const { state, rawBody } = call;
  // The wrapper is taken off the body; these two stand beside it.
  const outer = JSON.parse(rawBody.toString('utf8')) as { inbox_id?: number | null; blob_id?: string; portal?: JsonObject };
  const given: JsonObject = outer.portal ?? {};
  const next: ChatwootPortal = {
    ...portal,
    ...Object.fromEntries(Object.entries({
      color: given.color, customDomain: given.custom_domain, headerText: given.header_text, homepageLink: given.homepage_link, name: given.name, pageTitle: given.page_title, slug: given.slug, archived: given.archived,
    }).filter(([, value]) => value !== undefined)),
    config: { ...portal.config, ...((given.config ?? {}) as JsonObject) },
  };
  const allowed = [...new Set((next.config.allowed_locales as string[] | undefined)?.filter(Boolean) ?? [])];
  next.config.allowed_locales = allowed.length ? allowed : [(next.config.default_locale as string | undefined) ?? 'en'];
  next.config.default_locale ??= localesOf(next)[0];
  next.config.draft_locales = localesOf(next).filter((code) => ((next.config.draft_locales ?? []) as string[]).includes(code));
  const errors: Array<[string, string]> = [];
  if (!next.name) errors.push(['name', "Name can't be blank"]);
  if (!next.slug) errors.push(['slug', "Slug can't be blank"]);
  if ([...state.portals.values()].some((one) => one.id !== portal.id && one.slug === next.slug)) errors.push(['slug', 'Slug has already been taken']);
  if (next.customDomain && [...state.portals.values()].some((one) => one.id !== portal.id && one.customDomain === next.customDomain)) errors.push(['custom_domain', 'Custom domain has already been taken']);
  if ((next.config.draft_locales as string[]).includes(String(next.config.default_locale))) errors.push(['config', 'Config default locale cannot be drafted.']);
  if (errors.length) invalid(errors);
  if (outer.inbox_id !== undefined) next.inboxId = outer.inbox_id === null ? null : ((state.inboxes.get(outer.inbox_id) ?? notFound()).id);
  if (outer.blob_id !== undefined) {
    const upload = state.uploads.get(outer.blob_id) ?? notFound();
    next.logo = { id: portal.id, portal_id: portal.id, file_type: upload.contentType, account_id: portal.accountId, file_url: upload.url, blob_id: outer.blob_id, filename: upload.filename };
  }
  Object.assign(portal, next);
}

const slimCategory = (portal: ChatwootPortal, one: ChatwootCategory): JsonObject => ({
  id: one.id, name: one.name, slug: one.slug, locale: one.locale, description: one.description, position: one.position, account_id: portal.accountId,
});

function renderCategory(state: ChatwootState, portal: ChatwootPortal, one: ChatwootCategory): JsonObject {
  const related = one.relatedIds.flatMap((id) => state.categories.get(id) ?? []);
  const parent = one.parentId === null ? undefined : state.categories.get(one.parentId);
  const root = one.associatedId === null ? undefined : state.categories.get(one.associatedId);
  return {
    ...slimCategory(portal, one), icon: one.icon, icon_color: one.iconColor, ...(related.length ? { related_categories: related.map((other) => slimCategory(portal, other)) } : {}),
    ...(parent ? { parent_category: slimCategory(portal, parent) } : {}), ...(root ? { root_category: slimCategory(portal, root) } : {}),
    meta: { articles_count: [...state.articles.values()].filter((article) => article.categoryId === one.id).length },
  };
}

function assignCategory({ state, body }: HelpCall, portal: ChatwootPortal, one: ChatwootCategory): void {
  const next: ChatwootCategory = { ...one };
  const keys = { name: 'name', slug: 'slug', locale: 'locale', description: 'description', position: 'position', icon: 'icon', icon_color: 'iconColor', parent_category_id: 'parentId', associated_category_id: 'associatedId' } as const;
  for (const [sent, kept] of Object.entries(keys)) if (body[sent] !== undefined) Object.assign(next, { [kept]: body[sent] });
  // An empty list changes nothing.
  if (body.related_category_ids?.length) next.relatedIds = body.related_category_ids;
  const errors: Array<[string, string]> = [];
  if (!next.name) errors.push(['name', "Name can't be blank"]);
  if (!localesOf(portal).includes(next.locale)) errors.push(['locale', `Locale ${next.locale} of category is not part of portal's ${JSON.stringify(localesOf(portal))}.`]);
  if (categoriesOf(state, portal).some((other) => other.id !== one.id && other.slug === next.slug && other.locale === next.locale)) errors.push(['locale', 'Locale should be unique in the category and portal']);
  if (errors.length) invalid(errors);
  Object.assign(one, next);
}

function findCategory(call: HelpCall): [ChatwootPortal, ChatwootCategory] {
  const portal = findPortal(call);
  const one = call.state.categories.get(call.params.category_id);
  return one?.portalId === portal.id ? [portal, one] : notFound();
}

function renderArticle(call: HelpCall, portal: ChatwootPortal, one: ChatwootArticle): JsonObject {
  const { state } = call;
  const category = one.categoryId === null ? undefined : state.categories.get(one.categoryId);
  const others = [...state.articles.values()].filter((other) => other.associatedId === one.id);
  return {
    id: one.id, slug: one.slug, title: one.title, content: one.content, description: one.description, status: one.status, position: one.position, account_id: portal.accountId,
    updated_at: Math.floor(one.updatedAt / 1000), meta: one.meta, views: one.views,
    category: {
      id: category?.id ?? null, name: category?.name ?? null, slug: category?.slug ?? null, locale: category?.locale ?? null, icon: category?.icon ?? null, icon_color: category?.iconColor ?? null,
    },
    author: renderAgent(state, portal.accountId, one.authorId),
    ...(others.length ? {
      associated_articles: others.map((other) => ({
        id: other.id, category_id: other.categoryId, title: other.title, content: other.content, description: other.description, status: other.status, account_id: portal.accountId,
        portal: renderPortal(call, portal), views: other.views, author: renderAgent(state, portal.accountId, other.authorId),
      })),
    } : {}),
  };
}

function assignArticle({ state, body, clock }: HelpCall, portal: ChatwootPortal, one: ChatwootArticle): void {
  const next: ChatwootArticle = { ...one };
  const keys = { title: 'title', slug: 'slug', content: 'content', description: 'description', position: 'position', category_id: 'categoryId', author_id: 'authorId', associated_article_id: 'associatedId', locale: 'locale', meta: 'meta' } as const;
  for (const [sent, kept] of Object.entries(keys)) if (body[sent] !== undefined) Object.assign(next, { [kept]: body[sent] });
  if (body.status !== undefined) next.status = (typeof body.status === 'number' ? STATUSES[body.status] : STATUSES.find((status) => status === body.status)) ?? crash();
  const category = next.categoryId === null ? undefined : state.categories.get(next.categoryId);
  if (category) next.locale = category.locale;
  if (!next.slug) next.slug = `${Math.floor(clock.now() / 1000)}-${next.title.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}`;
  const errors: Array<[string, string]> = [];
  if (!membership(state, portal.accountId, next.authorId)) errors.push(['author', 'Author must exist']);
  if (!next.title) errors.push(['title', "Title can't be blank"]);
  if (next.status === 'published' && !next.content) errors.push(['content', "Content can't be blank"]);
  if (errors.length) invalid(errors);
  Object.assign(one, next, { updatedAt: clock.now() });
}

function findArticle(call: HelpCall): [ChatwootPortal, ChatwootArticle] {
  const portal = findPortal(call);
  const one = call.state.articles.get(call.params.article_id);
  return one?.portalId === portal.id ? [portal, one] : notFound();
}

const holds = (one: ChatwootArticle, text: string): boolean => [one.title, one.description, one.content].some((part) => part?.toLowerCase().includes(text.toLowerCase()));

/** The articles that the search of the dashboard finds. */
export function foundArticles({ state, params, query }: HelpCall): JsonObject[] {
  const page = query.page ?? 1;
  return [...state.articles.values()]
    .flatMap((one) => {
      const portal = state.portals.get(one.portalId)!;
      return portal.accountId === params.account_id && query.q && holds(one, String(query.q).trim()) ? [{ one, portal }] : [];
    })
    .sort((a, b) => b.one.updatedAt - a.one.updatedAt || b.one.id - a.one.id)
    .slice((page - 1) * SEARCH_PAGE, page * SEARCH_PAGE)
    .map(({ one, portal }) => ({
      id: one.id, title: one.title, locale: one.locale, content: one.content, slug: one.slug, portal_slug: portal.slug, account_id: portal.accountId,
      category_name: (one.categoryId === null ? undefined : state.categories.get(one.categoryId)?.name) ?? null, status: one.status, updated_at: Math.floor(one.updatedAt / 1000),
    }));
}

/** The help center: bodies wrapped, portals by slug and bare, the rest below `payload`. */
export const helpCenter: Handlers<ChatwootState> = {
  listPortals: (call) => ({ status: 200, body: { payload: portalsOf(call).map((one) => renderPortal(call, one)), meta: { current_page: call.query.page ?? 1, portals_count: portalsOf(call).length } } }),
  getPortal: (call) => ({ status: 200, body: renderPortal(call, ownPortal(call), true) }),
  createPortal: (call) => {
    const { state, params } = call;
    const portal: ChatwootPortal = { id: 0, accountId: params.account_id, slug: '', name: '', color: null, customDomain: null, headerText: null, homepageLink: null, pageTitle: null, archived: false, config: {}, inboxId: null, logo: null };
    assignPortal(call, portal);
    portal.id = state.ids.number('portal');
    state.portals.set(portal.id, portal);
    return { status: 200, body: renderPortal(call, portal) };
  },
  updatePortal: (call) => {
    const portal = ownPortal(call);
    assignPortal(call, portal);
    return { status: 200, body: renderPortal(call, portal) };
  },
  deletePortal: (call) => {
    const { state } = call;
    const portal = ownPortal(call);
    state.portals.delete(portal.id);
    const categories = categoriesOf(state, portal);
    const articles = articlesOf(state, portal);
    call.background(() => {
      for (const { id } of categories) state.categories.delete(id);
      for (const { id } of articles) state.articles.delete(id);
    });
    return { status: 200 };
  },

  listCategories: (call) => {
    const { state, query } = call;
    const portal = findPortal(call);
    const page = query.page ?? 1;
    const rows = categoriesOf(state, portal).filter((one) => query.locale === undefined || one.locale === query.locale).slice((page - 1) * CATEGORY_PAGE, page * CATEGORY_PAGE);
    return { status: 200, body: { payload: rows.map((one) => renderCategory(state, portal, one)), meta: { current_page: page, categories_count: rows.length } } };
  },
  getCategory: (call) => ({ status: 200, body: { payload: renderCategory(call.state, ...findCategory(call)) } }),
  createCategory: (call) => {
    const { state } = call;
    const portal = findPortal(call);
    const one: ChatwootCategory = { id: 0, portalId: portal.id, slug: '', name: '', locale: String(portal.config.default_locale), description: null, position: null, icon: '', iconColor: null, parentId: null, associatedId: null, relatedIds: [] };
    assignCategory(call, portal, one);
    one.id = state.ids.number('category');
    state.categories.set(one.id, one);
    return { status: 200, body: { payload: renderCategory(state, portal, one) } };
  },
  updateCategory: (call) => {
    const [portal, one] = findCategory(call);
    assignCategory(call, portal, one);
    return { status: 200, body: { payload: renderCategory(call.state, portal, one) } };
  },
  deleteCategory: (call) => {
    const [, one] = findCategory(call);
    call.state.categories.delete(one.id);
    for (const article of call.state.articles.values()) if (article.categoryId === one.id) article.categoryId = null;
    return { status: 200 };
  },

  listArticles: (call) => {
    const { state, query, identity } = call;
    const portal = findPortal(call);
    const status = typeof query.status === 'number' ? STATUSES[query.status] : query.status;
    const inLocale = articlesOf(state, portal).filter((one) => query.locale === undefined || one.locale === query.locale);
    const rows = inLocale.filter((one) =>
      (query.category_slug === undefined || (one.categoryId !== null && state.categories.get(one.categoryId)?.slug === query.category_slug))
      && (status === undefined || one.status === status) && (query.author_id === undefined || one.authorId === query.author_id) && (query.query === undefined || holds(one, query.query)));
    rows.sort((a, b) => (query.category_slug === undefined ? b.updatedAt - a.updatedAt : (a.position ?? 1e9) - (b.position ?? 1e9)) || b.id - a.id);
    const page = query.page ?? 1;
    return {
      status: 200,
      body: {
        payload: rows.slice((page - 1) * ARTICLE_PAGE, page * ARTICLE_PAGE).map((one) => renderArticle(call, portal, one)),
        meta: {
          all_articles_count: inLocale.length, archived_articles_count: inLocale.filter((one) => one.status === 'archived').length, articles_count: rows.length, current_page: query.page === undefined ? 1 : String(page),
          draft_articles_count: inLocale.filter((one) => one.status === 'draft').length, mine_articles_count: inLocale.filter((one) => one.authorId === Number(identity.userId)).length,
          published_count: inLocale.filter((one) => one.status === 'published').length,
        },
      },
    };
  },
  getArticle: (call) => ({ status: 200, body: { payload: renderArticle(call, ...findArticle(call)) } }),
  createArticle: (call) => {
    const { state, clock } = call;
    const portal = findPortal(call);
    const one: ChatwootArticle = {
      id: 0, portalId: portal.id, categoryId: null, authorId: 0, slug: '', title: '', content: null, description: null, status: 'draft', locale: String(portal.config.default_locale), position: null, meta: {}, associatedId: null, views: 0, updatedAt: clock.now(),
    };
    assignArticle(call, portal, one);
    one.id = state.ids.number('article');
    state.articles.set(one.id, one);
    return { status: 200, body: { payload: renderArticle(call, portal, one) } };
  },
  updateArticle: (call) => {
    const [portal, one] = findArticle(call);
    assignArticle(call, portal, one);
    return { status: 200, body: { payload: renderArticle(call, portal, one) } };
  },
  deleteArticle: (call) => {
    call.state.articles.delete(findArticle(call)[1].id);
    return { status: 200 };
  },
};
