import type { Call, Handlers } from '../types';
import { crash, invalid, notFound, refuse } from './errors';
import { accountDetails, profile, serverVersion } from './profile';
import type { ChatwootAccountUser, ChatwootState } from './state';

type SettingsCall = Call<ChatwootState>;

/** The languages of the server; any other is an enum without such a value. */
const LOCALES = new Set([
  'en', 'ar', 'nl', 'fr', 'de', 'hi', 'it', 'ja', 'ko', 'pt', 'ru', 'zh', 'es', 'ml', 'ca', 'el', 'pt_BR', 'ro', 'ta', 'fa', 'zh_TW', 'vi', 'da', 'tr', 'cs', 'fi', 'id', 'sv', 'hu', 'no', 'zh_CN', 'pl', 'sk', 'uk',
  'th', 'lv', 'is', 'he', 'lt', 'sr', 'bg', 'am', 'az', 'et', 'hr', 'ka', 'ms', 'ne', 'sl', 'sq', 'ur_IN', 'ur', 'hy', 'tl', 'mn',
]);

function membership({ state, identity, body }: SettingsCall): ChatwootAccountUser {
  return state.accountUsers.find((one) => one.userId === Number(identity.userId) && one.accountId === body.account_id) ?? notFound();
}

const update = (call: SettingsCall): { status: number; body: unknown } => {
  const { state, identity, body } = call;
  const user = state.users.get(Number(identity.userId)) ?? notFound();
  if (body.password !== undefined && body.current_password === undefined) refuse(422, 'Invalid current password');
  if (body.name === '') invalid([['name', "Name can't be blank"]]);
  if (body.name !== undefined) user.name = body.name;
  if (body.display_name !== undefined) user.displayName = body.display_name;
  if (body.message_signature !== undefined) user.messageSignature = body.message_signature;
  if (body.phone_number !== undefined) user.customAttributes = { ...user.customAttributes, phone_number: body.phone_number };
  return { status: 200, body: profile(state, user.id) };
};

/** Changes to the own profile and to the account. */
export const profileSettings: Handlers<ChatwootState> = {
  updateProfile: update,
  patchProfile: update,
  setAvailability: (call) => {
    const member = membership(call);
    if (!['online', 'offline', 'busy'].includes(call.body.availability)) crash();
    member.availability = call.body.availability;
    return { status: 200, body: profile(call.state, member.userId) };
  },
  setAutoOffline: (call) => {
    const member = membership(call);
    member.autoOffline = call.body.auto_offline ?? false;
    return { status: 200, body: profile(call.state, member.userId) };
  },
  updateAccount: ({ state, params, body, options }) => {
    const account = state.accounts.get(params.account_id) ?? notFound();
    if (body.locale !== undefined && !LOCALES.has(body.locale)) crash();
    if (body.name !== undefined) account.name = body.name;
    if (body.locale !== undefined) account.locale = body.locale;
    if (body.domain !== undefined) account.domain = body.domain;
    if (body.support_email !== undefined) account.supportEmail = body.support_email;
    for (const key of ['auto_resolve_after', 'auto_resolve_message', 'auto_resolve_ignore_waiting', 'auto_resolve_label'] as const) if (body[key] !== undefined) account.settings = { ...account.settings, [key]: body[key] };
    const { latest_chatwoot_version: _version, subscribed_features: _features, ...shown } = accountDetails(account, serverVersion(options));
    return { status: 200, body: shown };
  },
};
