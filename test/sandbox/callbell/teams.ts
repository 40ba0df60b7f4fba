import type { Call, Handlers } from '../types';
import { notFound, refuse } from './errors';
import { page } from './paging';
import type { CallbellCustomStatus, CallbellState, CallbellTeam, CallbellUser } from './state';
import { iso, spaced } from './time';

type C = Call<CallbellState>;

export function teamView(state: CallbellState, { uuid, name, createdAt, default: isDefault }: CallbellTeam) {
  return { uuid, name, createdAt: iso(createdAt), default: isDefault, members: state.users.filter(({ teams }) => teams.includes(uuid)).length };
}

const teamOf = ({ state, params }: C): CallbellTeam => state.teams.find(({ uuid }) => uuid === params.uuid) ?? notFound('team not found');
const statusOf = ({ state, params }: C): CallbellCustomStatus => state.customStatuses.find(({ id }) => id === params.id) ?? notFound('custom status not found');
const userOf = ({ state, params }: C): CallbellUser => state.users.find(({ uuid }) => uuid === params.uuid) ?? notFound('user not found');

const statusView = ({ id, name, emoji, createdAt, updatedAt }: CallbellCustomStatus) => ({ id, name, emoji, createdAt: spaced(createdAt), updatedAt: spaced(updatedAt) });

/** Members show no uuid, only their e-mail. */
function memberView(state: CallbellState, { email, name, available, updatedAt, customStatus }: CallbellUser) {
  const status = state.customStatuses.find(({ id }) => id === customStatus?.id);
  return {
    email, name, available, lastUpdatedAt: iso(updatedAt),
    userCustomStatus: status && customStatus ? { id: status.id, name: status.name, emoji: status.emoji ?? undefined, updatedAt: iso(customStatus.at) } : null,
  };
}

export const teams: Handlers<CallbellState> = {
  listTeams({ state, query }) {
    const { rows, meta } = page(state.teams, query.page);
    return { status: 200, body: { teams: rows.map((team) => teamView(state, team)), meta } };
  },

  getTeam: (call) => ({ status: 200, body: { team: teamView(call.state, teamOf(call)) } }),

  updateTeam(call) {
    const team = teamOf(call);
    if (String(call.body.name ?? '').trim() === '') refuse(400, { name: ['must be present and not empty'] });
    team.name = call.body.name;
    return { status: 200, body: { team: teamView(call.state, team) } };
  },

  listTeamMembers(call) {
    const { state, query } = call;
    const team = teamOf(call);
    const found = state.users.filter(({ teams: memberOf, available }) => memberOf.includes(team.uuid) && (query.status === undefined || (query.status === 'available') === available));
    const { rows, meta } = page(found, query.page);
    return { status: 200, body: { users: rows.map((user) => memberView(state, user)), meta } };
  },

  updateUserStatus(call) {
    const { state, body, clock } = call;
    const user = userOf(call);
    if (body.custom_status_uuid && !state.customStatuses.some(({ id }) => id === body.custom_status_uuid)) refuse(400, { custom_status_uuid: ['does not exist'] });
    const now = clock.now();
    if (body.available !== undefined) Object.assign(user, { available: body.available, updatedAt: now });
    if (body.custom_status_uuid !== undefined) user.customStatus = body.custom_status_uuid === null ? null : { id: body.custom_status_uuid, at: now };
    const status = state.customStatuses.find(({ id }) => id === user.customStatus?.id);
    return {
      status: 200,
      body: {
        user_status: {
          custom_status: status && user.customStatus ? { id: status.id, name: status.name, last_updated_at: new Date(user.customStatus.at).toISOString() } : null,
          appearance: { available: user.available, last_updated_at: new Date(user.updatedAt).toISOString() },
        },
      },
    };
  },

  deleteUserStatus(call) {
    userOf(call).customStatus = null;
    return { status: 204 };
  },

  listCustomStatuses({ state, query }) {
    const { rows, meta } = page(state.customStatuses, query.page);
    return { status: 200, body: { customStatuses: rows.map(statusView), meta } };
  },

  createCustomStatus({ state, body, clock }) {
    if (String(body.name).trim() === '') refuse(400, { name: ['must be present and not empty'] });
    const status: CallbellCustomStatus = { id: state.ids.uuid('status'), name: body.name, emoji: body.emoji ?? null, createdAt: clock.now(), updatedAt: clock.now() };
    state.customStatuses.push(status);
    return { status: 200, body: { customStatus: statusView(status) } };
  },

  getCustomStatus: (call) => ({ status: 200, body: { customStatus: statusView(statusOf(call)) } }),

  updateCustomStatus(call) {
    const status = statusOf(call);
    Object.assign(status, { name: call.body.name, ...(call.body.emoji === undefined ? {} : { emoji: call.body.emoji }), updatedAt: call.clock.now() });
    return { status: 200, body: { customStatus: statusView(status) } };
  },

  deleteCustomStatus(call) {
    const { state } = call;
    state.customStatuses.splice(state.customStatuses.indexOf(statusOf(call)), 1);
    return { status: 200, body: { status: 'custom status was destroyed' } };
  },
};
