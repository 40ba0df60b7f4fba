import type { Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { wholeList } from './paging';
import { POLICY } from './policy';
import type { KinboxState, KinboxTag } from './state';
import { iso } from './time';

function v1Tag(tag: KinboxTag): JsonObject {
  return { id: String(tag.id), name: tag.name, color: tag.color, privacy: tag.privacy as unknown as JsonObject, authorId: tag.authorId };
}

function v3Tag(state: KinboxState, tag: KinboxTag): JsonObject {
  return {
    ...v1Tag(tag), textColor: tag.textColor ?? '#ffffff', workspaceId: state.workspace.id,
    createdAt: iso(tag.createdAt), lastUpdateAt: iso(tag.updatedAt), updatedAt: iso(tag.updatedAt),
  };
}

export function findTag(state: KinboxState, id: unknown): KinboxTag {
  return state.tags.get(Number(id)) ?? refuse(404, 'Tag not found');
}

function checkTag(state: KinboxState, fields: Partial<KinboxTag>, self?: KinboxTag): void {
  if (fields.name !== undefined && fields.name.trim() === '') refuse(400, ['name should not be empty']);
  if ([...state.tags.values()].some((one) => one !== self && one.name === fields.name)) refuse(POLICY.duplicateTagStatus, 'A tag with this name already exists');
}

function create(state: KinboxState, body: Partial<KinboxTag>, now: number, authorId: number): KinboxTag {
  checkTag(state, body);
  const { name, color, textColor, privacy } = body;
  const tag: KinboxTag = { id: state.ids.number('tag'), name: name!, color: color!, textColor, privacy: privacy ?? { type: 'public', groupIds: [] }, authorId, createdAt: now, updatedAt: now };
  state.tags.set(tag.id, tag);
  return tag;
}

function update(state: KinboxState, id: unknown, body: Partial<KinboxTag>, now: number): KinboxTag {
  const tag = findTag(state, id);
  checkTag(state, body, tag);
  const { name, color, textColor, privacy } = body;
  return Object.assign(tag, JSON.parse(JSON.stringify({ name, color, textColor, privacy })), { updatedAt: now });
}

export const tags: Handlers<KinboxState> = {
  listTags: ({ state }) => ({ status: 200, body: [...state.tags.values()].map(v1Tag) }),
  createTag: ({ state, body, clock, identity }) => ({ status: 201, body: v1Tag(create(state, body, clock.now(), Number(identity.userId))) }),
  getTag: ({ state, params }) => ({ status: 200, body: v1Tag(findTag(state, params.id)) }),
  updateTag: ({ state, params, body, clock }) => ({ status: 200, body: v1Tag(update(state, params.id, body, clock.now())) }),
  deleteTag: ({ state, params }) => {
    state.tags.delete(findTag(state, params.id).id);
    return { status: 200 };
  },
  v3ListTags: ({ state }) => ({ status: 200, body: wholeList(state.tags.values(), (one) => v3Tag(state, one)) }),
  v3CreateTag: ({ state, body, clock, identity }) => ({ status: 201, body: v3Tag(state, create(state, body, clock.now(), Number(identity.userId))) }),
  v3GetTag: ({ state, params }) => ({ status: 200, body: v3Tag(state, findTag(state, params.id)) }),
  v3UpdateTag: ({ state, params, body, clock }) => ({ status: 200, body: v3Tag(state, update(state, params.id, body, clock.now())) }),
  v3DeleteTag: ({ state, params }) => {
    state.tags.delete(findTag(state, params.id).id);
    return { status: 200 };
  },
};
