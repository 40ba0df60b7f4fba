import type { Call, Handlers } from '../types';
import { notFound, refuse } from './errors';
import { page } from './paging';
import type { CallbellState, CallbellTemplate } from './state';
import { teamView } from './teams';
import { iso, spaced } from './time';

const templateView = ({ createdAt, ...template }: CallbellTemplate) => ({ ...template, createdAt: iso(createdAt) });
const templateOf = ({ state, params }: Call<CallbellState>): CallbellTemplate => state.templates.find(({ uuid }) => uuid === params.uuid) ?? notFound('template not found');

/** Token, plan, funnel and templates: what is read and hardly changed. */
export const account: Handlers<CallbellState> = {
  getAuthMe({ state, identity }) {
    const { name, email, userName } = [...state.tokens.values()].find((token) => token.name === identity.kind)!;
    return { status: 200, body: { status: 'ok', user_email: email, user_name: userName, api_key: name } };
  },

  getPlan({ state }) {
    return {
      status: 200,
      body: { plan: 'chat_management_plus', includedChannels: 4, licenses: 5, activeUsers: state.users.length, teams: state.teams.map((team) => teamView(state, team)) },
    };
  },

  listFunnels: ({ state }) => ({
    status: 200,
    body: { funnels: state.funnels.map(({ createdAt, ...funnel }) => ({ ...funnel, createdAt: spaced(createdAt) })) },
  }),

  listTemplates({ state, query }) {
    const { rows, meta } = page(state.templates, query.page);
    return { status: 200, body: { templates: rows.map(templateView), meta } };
  },

  getTemplate: (call) => ({ status: 200, body: { template: templateView(templateOf(call)) } }),

  /** The sample answers under `templates`. */
  updateTemplate(call) {
    const template = templateOf(call);
    if (String(call.body.title ?? '').trim() === '') refuse(400, { title: ['must be present and not empty'] });
    template.title = call.body.title;
    return { status: 200, body: { templates: templateView(template) } };
  },
};
