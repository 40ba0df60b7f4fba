import type { Call, Handlers, JsonObject } from '../types';
import { checkCustomFields, findContact } from './contacts';
import { refuse } from './errors';
import { cursorPage, offsetPage, wholeList } from './paging';
import { publicToAll, type KinboxDeal, type KinboxProduct } from './records';
import type { KinboxPipeline, KinboxState } from './state';
import { dateOf, iso } from './time';

const dates = (state: KinboxState, one: { createdAt: number; updatedAt: number }): JsonObject => ({
  workspaceId: state.workspace.id, createdAt: iso(one.createdAt), lastUpdateAt: iso(one.updatedAt), updatedAt: iso(one.updatedAt),
});

// Products ---------------------------------------------------------------------------------------------------------

function v1Product(product: KinboxProduct): JsonObject {
  const { createdAt: _createdAt, updatedAt: _updatedAt, ...rest } = product;
  return rest as unknown as JsonObject;
}

const v3Product = (state: KinboxState, product: KinboxProduct): JsonObject => ({ ...v1Product(product), _id: product.id, ...dates(state, product) });

const findProduct = (state: KinboxState, id: string): KinboxProduct => state.records.products.get(id) ?? refuse(404, 'Product not found');
const productByExternalId = (state: KinboxState, externalId: string): KinboxProduct => [...state.records.products.values()].find((one) => one.externalId === externalId) ?? refuse(404, 'Product not found');

function writeProduct({ state, body, clock }: Call<KinboxState>, product?: KinboxProduct): KinboxProduct {
  if (body.price !== undefined && body.price < 0) refuse(400, ['price must not be less than 0']);
  checkCustomFields(state, 'product', body.customFields);
  if (body.externalId && [...state.records.products.values()].some((one) => one !== product && one.externalId === body.externalId)) refuse(409, 'externalId already used');
  const now = clock.now();
  const { _id, ...fields } = body;
  if (product) return Object.assign(product, fields, { updatedAt: now });
  const created: KinboxProduct = { description: '', isActive: true, customFields: {}, name: '', price: 0, ...fields, id: state.ids.objectId('product'), createdAt: now, updatedAt: now };
  state.records.products.set(created.id, created);
  return created;
}

function deleteProduct({ state, params }: Call<KinboxState>): { status: number } {
  state.records.products.delete(findProduct(state, params.id).id);
  return { status: 200 };
}

// Deals ------------------------------------------------------------------------------------------------------------

/** Stores a deal without checks; also for tests. */
export function addDeal(state: KinboxState, contactId: number, fields: JsonObject, at: number): KinboxDeal {
  const [pipeline] = state.pipelines.values();
  const deal: KinboxDeal = {
    id: state.ids.objectId('deal'), contactId, createdAt: at, updatedAt: at,
    fields: { name: 'Deal', value: 0, status: 'open', pipelineId: pipeline!.id, stageId: pipeline!.stages[0]!.id, customFields: {}, tagIds: [], ...fields },
  };
  state.records.deals.set(deal.id, deal);
  return deal;
}

function v1Deal(state: KinboxState, deal: KinboxDeal): JsonObject {
  const contact = state.contacts.get(deal.contactId);
  return {
    ...deal.fields, id: deal.id,
    ...(contact ? { contact: { id: contact.id, name: contact.name ?? '', avatar: contact.avatar ?? '', phone: contact.phone ?? '', email: contact.email ?? '' } } : {}),
  };
}

function v3Deal(state: KinboxState, deal: KinboxDeal): JsonObject {
  const { ticketId: _ticketId, description: _description, slaDueAt: _slaDueAt, ...v1 } = v1Deal(state, deal);
  return { operatorId: 42, groupId: 10, origin: '', ...v1, _id: deal.id, ...dates(state, deal) };
}

const findDeal = (state: KinboxState, id: unknown): KinboxDeal => state.records.deals.get(String(id)) ?? refuse(404, 'Deal not found');

function checkDeal(state: KinboxState, fields: JsonObject): void {
  const pipeline = state.pipelines.get(String(fields.pipelineId)) ?? refuse(400, 'pipelineId does not exist');
  if (!pipeline.stages.some(({ id }) => id === fields.stageId)) refuse(400, 'stageId is not a stage of the pipeline');
  checkCustomFields(state, 'deal', fields.customFields as JsonObject | undefined);
}

function createDeal({ state, body, clock }: Call<KinboxState>): KinboxDeal {
  const { contactId, _id, ...fields } = body;
  checkDeal(state, fields);
  return addDeal(state, findContact(state, contactId).id, fields, clock.now());
}

function updateDeal({ state, params, body, clock }: Call<KinboxState>): KinboxDeal {
  const deal = findDeal(state, params.id);
  const { contactId, contact: _contact, _id, ...fields } = body;
  checkDeal(state, { ...deal.fields, ...fields });
  // What is not sent of the custom fields is gone.
  Object.assign(deal.fields, fields);
  if (contactId !== undefined) deal.contactId = findContact(state, contactId).id;
  deal.updatedAt = clock.now();
  return deal;
}

function deleteDeal({ state, params }: Call<KinboxState>): { status: number } {
  state.records.deals.delete(findDeal(state, params.id).id);
  return { status: 200 };
}

interface DealFilter { pipelineId?: string; status?: string; contactId?: string; createdFrom?: number; createdTo?: number; closedFrom?: number; closedTo?: number; stages?: string[]; operatorId?: string; tagId?: string; search?: string }

function deals(state: KinboxState, filter: DealFilter): KinboxDeal[] {
  return [...state.records.deals.values()].reverse().filter(({ fields, contactId, createdAt }) => {
    const closed = fields.wonLostDate ? Date.parse(String(fields.wonLostDate)) : undefined;
    return (filter.pipelineId === undefined || fields.pipelineId === filter.pipelineId) && (filter.status === undefined || fields.status === filter.status)
      && (filter.contactId === undefined || String(contactId) === filter.contactId) && (filter.createdFrom === undefined || createdAt >= filter.createdFrom)
      && (filter.createdTo === undefined || createdAt <= filter.createdTo) && (filter.closedFrom === undefined || (closed !== undefined && closed >= filter.closedFrom))
      && (filter.closedTo === undefined || (closed !== undefined && closed <= filter.closedTo)) && (filter.stages === undefined || filter.stages.includes(String(fields.stageId)))
      && (filter.operatorId === undefined || String(fields.operatorId) === filter.operatorId) && (filter.tagId === undefined || (fields.tagIds as number[]).includes(Number(filter.tagId)))
      && (filter.search === undefined || String(fields.name).toLowerCase().includes(filter.search.toLowerCase()));
  });
}

// Pipelines --------------------------------------------------------------------------------------------------------

function v1Pipeline(pipeline: KinboxPipeline): JsonObject {
  const { createdAt: _createdAt, updatedAt: _updatedAt, ...rest } = pipeline;
  return rest as unknown as JsonObject;
}

function v3Pipeline(state: KinboxState, pipeline: KinboxPipeline): JsonObject {
  const { kind: _kind, lostReasons, requiredCustomFieldIds: _required, ...rest } = v1Pipeline(pipeline);
  return { ...rest, _id: pipeline.id, lostReasons: (lostReasons as string[]).map((name) => ({ name })), ...dates(state, pipeline) };
}

const findPipeline = (state: KinboxState, id: unknown): KinboxPipeline => state.pipelines.get(String(id)) ?? refuse(404, 'Pipeline not found');

function writePipeline({ state, body, clock }: Call<KinboxState>, pipeline?: KinboxPipeline): KinboxPipeline {
  const now = clock.now();
  const { _id, ...fields } = body;
  if (pipeline) return Object.assign(pipeline, fields, { updatedAt: now });
  const created: KinboxPipeline = { kind: 'commercial', lostReasons: [], requiredCustomFieldIds: [], rules: [], stages: [], authorId: 42, privacy: publicToAll, name: '', position: 0, ...fields, id: state.ids.objectId('pipeline'), createdAt: now, updatedAt: now };
  state.pipelines.set(created.id, created);
  return created;
}

function deletePipeline({ state, params }: Call<KinboxState>): { status: number } {
  state.pipelines.delete(findPipeline(state, params.id).id);
  return { status: 200 };
}

export const sales: Handlers<KinboxState> = {
  listProducts: ({ state, query }) => ({ status: 200, body: cursorPage([...state.records.products.values()], query, (one) => one.id, v1Product) }),
  createProduct: (call) => ({ status: 201, body: v1Product(writeProduct(call)) }),
  getProduct: ({ state, params }) => ({ status: 200, body: v1Product(findProduct(state, params.id)) }),
  updateProduct: (call) => ({ status: 200, body: v1Product(writeProduct(call, findProduct(call.state, call.params.id))) }),
  deleteProduct,
  getProductByExternalId: ({ state, params }) => ({ status: 200, body: v1Product(productByExternalId(state, params.externalId)) }),
  v3ListProducts: ({ state }) => ({ status: 200, body: wholeList(state.records.products.values(), (one) => v3Product(state, one)) }),
  v3CreateProduct: (call) => ({ status: 201, body: v3Product(call.state, writeProduct(call)) }),
  v3GetProduct: ({ state, params }) => ({ status: 200, body: v3Product(state, findProduct(state, params.id)) }),
  v3UpdateProduct: (call) => ({ status: 200, body: v3Product(call.state, writeProduct(call, findProduct(call.state, call.params.id))) }),
  v3DeleteProduct: deleteProduct,
  v3GetProductByExternalId: ({ state, params }) => ({ status: 200, body: v3Product(state, productByExternalId(state, params.externalId)) }),

  listDeals: ({ state, query }) => ({
    status: 200,
    body: cursorPage(deals(state, {
      pipelineId: query.pipeline_id, status: query.status, contactId: query.contact_id, createdFrom: dateOf(query.created_at_from, 'created_at_from'), createdTo: dateOf(query.created_at_to, 'created_at_to'),
      closedFrom: dateOf(query.won_lost_date_from, 'won_lost_date_from'), closedTo: dateOf(query.won_lost_date_to, 'won_lost_date_to'),
    }), query, (one) => one.id, (one) => v1Deal(state, one)),
  }),
  createDeal: (call) => ({ status: 201, body: v1Deal(call.state, createDeal(call)) }),
  getDeal: ({ state, params }) => ({ status: 200, body: v1Deal(state, findDeal(state, params.id)) }),
  updateDeal: (call) => ({ status: 200, body: v1Deal(call.state, updateDeal(call)) }),
  deleteDeal,
  v3ListDeals: ({ state, query }) => ({
    status: 200,
    body: offsetPage(deals(state, {
      pipelineId: query.pipelineId, status: query.status, contactId: query.contactId, createdFrom: dateOf(query.createdAtFrom, 'createdAtFrom'), createdTo: dateOf(query.createdAtTo, 'createdAtTo'),
      ...(state.knowsWonLostAt ? { closedFrom: dateOf(query.wonLostAtFrom, 'wonLostAtFrom'), closedTo: dateOf(query.wonLostAtTo, 'wonLostAtTo') } : {}), stages: query.stageId, operatorId: query.operatorId, tagId: query.tagId, search: query.search,
    }), query, (one) => v3Deal(state, one)),
  }),
  v3CreateDeal: (call) => ({ status: 201, body: v3Deal(call.state, createDeal(call)) }),
  v3GetDeal: ({ state, params }) => ({ status: 200, body: v3Deal(state, findDeal(state, params.id)) }),
  v3SetDealCustomField: (call) => {
    const { key, value } = call.body;
    return { status: 200, body: v3Deal(call.state, updateDeal({ ...call, body: { customFields: { ...(findDeal(call.state, call.params.id).fields.customFields as JsonObject), [key]: { value } } } })) };
  },
  v3UpdateDeal: (call) => ({ status: 200, body: v3Deal(call.state, updateDeal(call)) }),
  v3DeleteDeal: deleteDeal,

  listPipelines: ({ state }) => ({ status: 200, body: [...state.pipelines.values()].map(v1Pipeline) }),
  createPipeline: (call) => ({ status: 201, body: v1Pipeline(writePipeline(call)) }),
  getPipeline: ({ state, params }) => ({ status: 200, body: v1Pipeline(findPipeline(state, params.id)) }),
  updatePipeline: (call) => ({ status: 200, body: v1Pipeline(writePipeline(call, findPipeline(call.state, call.params.id))) }),
  deletePipeline,
  v3ListPipelines: ({ state }) => ({ status: 200, body: wholeList(state.pipelines.values(), (one) => v3Pipeline(state, one)) }),
  v3CreatePipeline: (call) => ({ status: 201, body: v3Pipeline(call.state, writePipeline(call)) }),
  v3GetPipeline: ({ state, params }) => ({ status: 200, body: v3Pipeline(state, findPipeline(state, params.id)) }),
  v3UpdatePipeline: (call) => ({ status: 200, body: v3Pipeline(call.state, writePipeline(call, findPipeline(call.state, call.params.id))) }),
  v3DeletePipeline: deletePipeline,
};
