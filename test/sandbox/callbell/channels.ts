import type { Call, Handlers } from '../types';
import { notFound, refuse } from './errors';
import { page } from './paging';
import type { CallbellChannel, CallbellState } from './state';

export function channelView({ uuid, title, type, main, discardedAt }: CallbellChannel) {
  return { uuid, title, type, main, discardedAt };
}

const channelOf = ({ state, params }: Call<CallbellState>): CallbellChannel => state.channels.find(({ uuid }) => uuid === params.uuid) ?? notFound('channel not found');

export const channels: Handlers<CallbellState> = {
  listChannels({ state, query }) {
    const found = state.channels.filter(({ type, discardedAt }) =>
      (query.type === undefined || type === query.type) && (query.active === undefined || query.active === !discardedAt));
    const { rows, meta } = page(found, query.page);
    return { status: 200, body: { channels: rows.map(channelView), meta } };
  },

  getChannel: (call) => ({ status: 200, body: { channel: channelView(channelOf(call)) } }),

  updateChannel(call) {
    const channel = channelOf(call);
    if (String(call.body.title ?? '').trim() === '') refuse(400, { title: ['must be present and not empty'] });
    channel.title = call.body.title;
    return { status: 200, body: { channel: channelView(channel) } };
  },
};
