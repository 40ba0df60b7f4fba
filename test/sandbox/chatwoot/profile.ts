import type { Handlers, JsonObject } from '../types';
import { notFound } from './errors';
import type { ChatwootAccount, ChatwootState } from './state';

function tokenOfUser(state: ChatwootState, userId: number): string {
  return [...state.tokens].find(([, one]) => one.kind === 'user' && one.ownerId === userId)?.[0] ?? '';
}

export function profile(state: ChatwootState, userId: number): JsonObject {
  const user = state.users.get(userId) ?? notFound();
  const memberships = state.accountUsers.filter((one) => one.userId === userId);
  const first = memberships[0];
  return {
    id: user.id, name: user.name, available_name: user.displayName ?? user.name, display_name: user.displayName, email: user.email, uid: user.email, provider: 'email',
    access_token: tokenOfUser(state, userId), account_id: first?.accountId ?? null, role: first?.role ?? null, avatar_url: '', confirmed: user.confirmed, message_signature: user.messageSignature,
    inviter_id: null, pubsub_token: `pubsub${user.id}`, ui_settings: user.uiSettings, type: null, custom_attributes: user.customAttributes,
    accounts: memberships.map((one) => {
      const account = state.accounts.get(one.accountId)!;
      return {
        id: account.id, name: account.name, status: account.status, onboarding_step: null, active_at: new Date(account.createdAt).toISOString(), role: one.role,
        // Nobody has the dashboard open.
        permissions: [one.role], availability: one.availability, availability_status: 'offline', auto_offline: one.autoOffline,
      };
    }),
  };
}

export function accountDetails(account: ChatwootAccount, version: string): JsonObject {
  return {
    id: account.id, name: account.name, locale: account.locale, status: account.status, domain: account.domain, support_email: account.supportEmail,
    created_at: new Date(account.createdAt).toISOString(), features: account.features, settings: account.settings, ...(Object.keys(account.customAttributes).length > 0 ? { custom_attributes: account.customAttributes } : {}),
    cache_keys: { label: '1700000001', inbox: '1700000002', team: '1700000003' }, latest_chatwoot_version: version,
  };
}

export const serverVersion = (options: { chatwoot?: { version?: string } }): string => options.chatwoot?.version ?? '4.15.1';

export const profileHandlers: Handlers<ChatwootState> = {
  getServerInfo: ({ options, clock }) => ({
    status: 200,
    body: { version: serverVersion(options), timestamp: new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' '), queue_services: 'ok', data_services: 'ok' },
  }),
  getProfile: ({ state, identity }) => ({ status: 200, body: profile(state, Number(identity.userId)) }),
  getAccount: ({ state, params, options }) => ({ status: 200, body: accountDetails(state.accounts.get(params.account_id) ?? notFound(), serverVersion(options)) }),
};
