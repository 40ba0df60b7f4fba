import type { Call, Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { offsetPage, wholeList } from './paging';
import { addDocument, type KinboxDocument } from './records';
import type { KinboxState } from './state';
import { dateOf, iso } from './time';

type Kind = Parameters<typeof addDocument>[1];

function render(state: KinboxState, { id, fields, createdAt, updatedAt }: KinboxDocument): JsonObject {
  return { ...fields, id, _id: id, workspaceId: state.workspace.id, createdAt: iso(createdAt), lastUpdateAt: iso(updatedAt), updatedAt: iso(updatedAt) };
}

const find = (state: KinboxState, kind: Kind, id: unknown): KinboxDocument => state.records[kind].get(String(id)) ?? refuse(404, 'Not found');

function create({ state, body, clock }: Call<KinboxState>, kind: Kind, defaults: JsonObject = {}, id?: string): KinboxDocument {
  const { _id, ...fields } = body;
  return addDocument(state, kind, { ...defaults, ...fields }, clock.now(), id);
}

function update({ state, params, body, clock }: Call<KinboxState>, kind: Kind): KinboxDocument {
  const document = find(state, kind, params.id);
  const { _id, ...fields } = body;
  Object.assign(document.fields, fields);
  document.updatedAt = clock.now();
  return document;
}

function remove({ state, params }: Call<KinboxState>, kind: Kind): { status: number } {
  state.records[kind].delete(find(state, kind, params.id).id);
  return { status: 200 };
}

/** The secret of a webhook is not given back. */
function v3Webhook(document: KinboxDocument): JsonObject {
  const { secret: _secret, ...fields } = document.fields;
  return { ...fields, id: document.id, _id: document.id };
}

/** Numbers as ids, where v3's paths want numbers. */
const numericId = (state: KinboxState, kind: Kind): string => String(state.ids.number(kind, 501));

const v1QuickPhrase = ({ id, fields }: KinboxDocument): JsonObject => ({
  id: Number(id), phrase: fields.phrase, tag: fields.tag ?? '', privacy: fields.privacy, type: fields.type ?? 'text', attachments: [],
});

export const documents: Handlers<KinboxState> = {
  v3ListDashboards: ({ state }) => ({ status: 200, body: wholeList(state.records.dashboards.values(), (one) => render(state, one)) }),
  v3CreateDashboard: (call) => ({ status: 201, body: render(call.state, create(call, 'dashboards')) }),
  v3GetDashboard: ({ state, params }) => ({ status: 200, body: render(state, find(state, 'dashboards', params.id)) }),
  v3UpdateDashboard: (call) => ({ status: 200, body: render(call.state, update(call, 'dashboards')) }),
  v3DeleteDashboard: (call) => remove(call, 'dashboards'),
  // The shape of its data is not published; the answer names what was asked.
  v3RunDashboardReports: ({ body }) => ({ status: 201, body: Object.fromEntries(Object.keys(body.reports ?? {}).map((name) => [name, { total: 3 }])) }),
  v3ListSnapshots: ({ state, params, query }) => {
    const rows = [...state.records.snapshots.values()].filter(({ fields }) => fields.dashboardId === String(params.dashboardId) && (query.name === undefined || String(fields.name).includes(query.name)));
    return { status: 200, body: offsetPage(rows, query, (one) => render(state, one)) };
  },
  v3CreateSnapshot: (call) => {
    const dashboard = find(call.state, 'dashboards', call.params.dashboardId);
    const snapshot = create(call, 'snapshots', { data: {}, dashboardId: dashboard.id, name: String(dashboard.fields.name ?? '') });
    // Asked for, but not given back.
    delete snapshot.fields.dashboardName;
    return { status: 201, body: render(call.state, snapshot) };
  },
  v3GetSnapshot: ({ state, params }) => ({ status: 200, body: render(state, find(state, 'snapshots', params.id)) }),

  v3ListTasks: ({ state, query }) => {
    const from = dateOf(query.from, 'from');
    const rows = [...state.records.tasks.values()].filter(({ fields }) => (
      (query.status !== 'done' || fields.done === true) && (query.status !== 'open' || fields.done !== true) && (query.type === undefined || fields.type === query.type)
      && (query.name === undefined || String(fields.name).includes(query.name)) && (query.operatorId === undefined || String(fields.operatorId) === String(query.operatorId))
      && (from === undefined || (dateOf(fields.from, 'from') ?? 0) >= from)
    ));
    return { status: 200, body: offsetPage(rows, query, (one) => render(state, one)) };
  },
  v3CreateTask: (call) => ({ status: 201, body: render(call.state, create(call, 'tasks')) }),
  v3GetTask: ({ state, params }) => ({ status: 200, body: render(state, find(state, 'tasks', params.id)) }),
  v3UpdateTask: (call) => ({ status: 200, body: render(call.state, update(call, 'tasks')) }),
  v3DeleteTask: (call) => remove(call, 'tasks'),

  v3ListWebhooks: ({ state }) => ({ status: 200, body: wholeList(state.records.webhooks.values(), v3Webhook) }),
  v3CreateWebhook: (call) => ({ status: 201, body: v3Webhook(create(call, 'webhooks')) }),
  v3GetWebhook: ({ state, params }) => ({ status: 200, body: v3Webhook(find(state, 'webhooks', params.id)) }),
  v3UpdateWebhook: (call) => ({ status: 200, body: v3Webhook(update(call, 'webhooks')) }),
  v3DeleteWebhook: (call) => remove(call, 'webhooks'),

  listQuickPhrases: ({ state }) => {
    const data = [...state.records.quickPhrases.values()].map(v1QuickPhrase);
    return { status: 200, body: { data, totalCount: data.length } };
  },
  getQuickPhrase: ({ state, params }) => ({ status: 200, body: v1QuickPhrase(find(state, 'quickPhrases', params.id)) }),
  v3ListQuickPhrases: ({ state }) => ({ status: 200, body: wholeList(state.records.quickPhrases.values(), (one) => render(state, one)) }),
  v3CreateQuickPhrase: (call) => ({ status: 201, body: render(call.state, create(call, 'quickPhrases', {}, numericId(call.state, 'quickPhrases'))) }),
  v3GetQuickPhrase: ({ state, params }) => ({ status: 200, body: render(state, find(state, 'quickPhrases', params.id)) }),
  v3UpdateQuickPhrase: (call) => ({ status: 200, body: render(call.state, update(call, 'quickPhrases')) }),
  v3DeleteQuickPhrase: (call) => remove(call, 'quickPhrases'),

  ...renamed('v3ListWorkflows', 'v3ListScenarios', ({ state }) => ({ status: 200, body: wholeList(state.records.scenarios.values(), (one) => render(state, one)) })),
  ...renamed('v3GetWorkflow', 'v3GetScenario', ({ state, params }) => ({ status: 200, body: render(state, find(state, 'scenarios', params.id)) })),
  ...renamed('v3ListWorkflowLogs', 'v3ListScenarioLogs', ({ state, params, query }) => ({ status: 200, body: offsetPage(logsOf(state, params.id).filter(({ fields }) => query.status === undefined || fields.status === query.status), query, (one) => logView(state, one)) })),
  // The shape is not published.
  ...renamed('v3WorkflowTodayReport', 'v3ScenarioTodayReport', ({ state, params, query }) => {
    const [from, to] = [dateOf(query.from, 'from') ?? 0, dateOf(query.to, 'to') ?? Number.POSITIVE_INFINITY];
    const logs = logsOf(state, params.id).filter(({ createdAt }) => createdAt >= from && createdAt <= to);
    return { status: 200, body: { total: logs.length } };
  }),
  v3InboundWorkflow: ({ state, params, body, clock }) => {
    state.records.inbound.push({ webhookId: params.webhookId, body, at: clock.now() });
    return { status: 200, body: { success: true } };
  },

  listGroups: ({ state }) => {
    const data = [...state.groups.values()].map((one) => v1Group(state, one.id));
    return { status: 200, body: { data, totalCount: data.length } };
  },
  getGroup: ({ state, params }) => ({ status: 200, body: v1Group(state, Number(params.id)) }),
  listGroupUsers: ({ state, params }) => {
    const { id } = v1Group(state, Number(params.id)) as { id: number };
    const data = [...state.operators.values()].filter(({ groupIds }) => groupIds.includes(id)).map((one) => groupUser(state, one.id));
    return { status: 200, body: { data, totalCount: data.length } };
  },
  getGroupUser: ({ state, params }) => ({ status: 200, body: groupUser(state, Number(params.userId)) }),
  v3ListGroups: ({ state }) => ({ status: 200, body: wholeList(state.groups.values(), ({ id, name, icon }) => ({ id: String(id), name, icon })) }),
  v3GetGroup: ({ state, params }) => {
    const { id, name, icon } = state.groups.get(Number(params.id)) ?? refuse(404, 'Group not found');
    return { status: 200, body: { id: String(id), name, icon } };
  },

  v3ListOperators: ({ state, query }) => ({ status: 200, body: offsetPage([...state.operators.values()], query, (one) => v3Operator(state, one.id)) }),
  v3GetOperator: ({ state, params }) => ({ status: 200, body: v3Operator(state, Number(params.id)) }),
  // The vendor shows the same kind of rows for both.
  ...renamed('v3ListPresenceBlock', 'v3ListPresence', ({ state, query }) => ({ status: 200, body: offsetPage(presences(state, query), query, (one) => render(state, one)) })),
  ...renamed('v3PresenceBlockReport', 'v3PresenceReport', ({ state, query }) => ({ status: 200, body: offsetPage(presences(state, query), query, (one) => render(state, one)) })),
};

/** A call under its present and its former name; a host has one of them, and of the other says what its framework says. */
function renamed(present: string, former: string, handler: Handlers<KinboxState>[string]): Handlers<KinboxState> {
  const only = (isFormer: boolean): Handlers<KinboxState>[string] => (call) => {
    if (call.state.hasFormerNames !== isFormer) refuse(404, `Cannot ${call.method} ${call.path}`);
    return handler(call);
  };
  return { [present]: only(false), [former]: only(true) };
}

/** A log is asked for by its status, but has none. */
function logView(state: KinboxState, { fields: { status: _status, workflowId, ...fields }, ...log }: KinboxDocument): JsonObject {
  return render(state, { ...log, fields: { ...fields, [state.hasFormerNames ? 'scenarioId' : 'workflowId']: workflowId } });
}

const logsOf = (state: KinboxState, id: unknown): KinboxDocument[] => [...state.records.scenarioLogs.values()].filter(({ fields }) => fields.workflowId === find(state, 'scenarios', id).id).reverse();

function presences(state: KinboxState, query: Record<string, any>) {
  const [from, to] = [dateOf(query.from, 'from'), dateOf(query.to, 'to')];
  return [...state.records.presences.values()].filter(({ fields }) => {
    const at = Date.parse(String(fields.connectedAt));
    return (from === undefined || at >= from) && (to === undefined || at <= to)
      && (!query.assigned?.length || query.assigned.includes(String(fields.operatorId)))
      && (!query.groups?.length || (fields.groupIds as number[]).some((id) => query.groups.includes(String(id))))
      && (query.search === undefined || String(fields.operatorName).toLowerCase().includes(String(query.search).toLowerCase()));
  });
}

function v1Group(state: KinboxState, id: number): JsonObject {
  const group = state.groups.get(id) ?? refuse(404, 'Group not found');
  return { id: group.id, name: group.name, description: group.description, users: [...state.operators.values()].filter(({ groupIds }) => groupIds.includes(id)).map((one) => one.id), customFields: {} };
}

function groupUser(state: KinboxState, id: number): JsonObject {
  const { name, email, phone } = state.operators.get(id) ?? refuse(404, 'User not found');
  return { id, name, email, phone };
}

function v3Operator(state: KinboxState, id: number): JsonObject {
  const { name, createdAt } = state.operators.get(id) ?? refuse(404, 'Operator not found');
  return { id: String(id), name, workspaceId: state.workspace.id, createdAt: iso(createdAt), lastUpdateAt: iso(createdAt), updatedAt: iso(createdAt) };
}
