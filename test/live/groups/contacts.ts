import type { IDataObject } from 'n8n-workflow';

import { contactFilterKeys } from '../../../nodes/Chatwoot/actions/contact/contact.lists';
import type { FilterKey } from '../../../nodes/Chatwoot/descriptions/filters';
import { byId, byUrl, mapped, type Session } from '../session';
import { file, list, withPicture } from './settings';

const columns = ['city', 'company_name', 'country', 'created_at', 'email', 'last_activity_at', 'name', 'phone_number'];
const onlyAdministrators = { either: 'the role decides' };

/** Each field of a filter with each comparison that the node knows for it, and the custom attributes. */
export async function everyCondition(s: Session, key: string, keys: Record<string, FilterKey>, values: IDataObject): Promise<void> {
  const named: Array<[string, IDataObject, readonly string[]]> = Object.entries(keys).map(([field, { operators }]) => [field, { field }, operators]);
  const all = ['equal_to', 'not_equal_to', 'contains', 'does_not_contain', 'is_present', 'is_not_present', 'is_greater_than', 'is_less_than', 'days_before'];
  const fitting: Record<string, string[]> = { text: all.slice(0, 6), number: [...all.slice(0, 2), ...all.slice(4, 8)], date: all.slice(4), checkbox: all.slice(0, 2), list: all.slice(0, 2), link: all.slice(0, 4), currency: ['equal_to', 'is_present', 'is_greater_than'], percent: ['equal_to', 'is_present', 'is_greater_than'] };
  for (const type of Object.keys(fitting)) named.push([`${type} attribute`, { field: 'customAttribute', attributeKey: `${type}_${s.tag}` }, fitting[type]!]);
  for (const [name, field, operators] of named) {
    for (const operator of operators) {
      const value = operator === 'days_before' ? '1' : String(values[name.split(' ')[0]!] ?? 'x');
      await s.call(key, { combine: 'AND', conditions: { condition: [{ ...field, operator, value }] }, limit: 5 }, { variant: `${name} ${operator}`, expected: /^(currency|percent)/.test(name) ? { either: 'the server may not compare them' } : 'ok' });
    }
  }
}

/** Contacts and their notes. */
export async function contacts(s: Session): Promise<void> {
  const { ids } = s;
  const person = (name: string, more: IDataObject = {}) => ({ name, email: `${name.toLowerCase()}.${s.tag}@example.com`, ...more });
  const attributes = { checkbox: true, currency: 9.5, date: '1990-05-17', link: 'https://example.com', list: 'básico', number: 7, percent: 10, text: 'A-1' };
  const customAttributes = mapped(Object.fromEntries(Object.entries(attributes).map(([type, value]) => [`${type}_${s.tag}`, value])));
  const additionalFields = {
    additionalAttributesJson: '{"timezone": "America/Fortaleza"}', avatarUrl: 'https://example.com/ana.jpg', blocked: false, city: 'Fortaleza', companyName: 'Padaria Boa Vista', country: 'Brazil', countryCode: 'BR', customAttributesJson: '{"livre": "sim"}',
    description: 'Prefere manhãs', socialProfiles: { facebook: 'ana', github: 'ana', instagram: 'ana', linkedin: 'ana', telegram: 'ana', tiktok: 'ana', twitter: 'ana' },
  };
  const every = (n: number) => ({ phone: s.phone(n), defaultCountry: 'BR', identifier: s.name(`ERP-${n}`), customAttributes, additionalFields });
  const ana = await s.call('contact:create', { contactSource: 'defineBelow', ...person('Ana'), ...every(1), inboxId: byId(ids.inbox), sourceId: s.name('ana') });
  ids.contact = ana.id;
  await s.check('contact:create keeps custom attributes of every type', ['number', 'date', 'checkbox', 'list'].every((type) => (ana.row.customFields as IDataObject | undefined)?.[`${type}_${s.tag}`] !== undefined), ana.row.customFields);
  ids.contact2 = (await s.call('contact:create', { name: 'Bruno' }, { variant: 'minimal', as: 'agent' })).id;
  await s.call('contact:create', { ...person('Carla'), additionalFields: { avatarField: 'data' } }, { variant: 'picture', items: withPicture });
  for (const [field, fields] of Object.entries({ Email: { email: `ana.${s.tag}@example.com` }, Phone: { phone: s.phone(1) }, Identifier: { identifier: s.name('ERP-1') } })) await s.refused('contact:create', `duplicate ${field}`, { name: 'x', ...fields });
  await s.refused('contact:create', 'address without a domain', { name: 'x', email: 'ana@exemplo' }, { expected: { either: 'the server may take it' } });
  await s.refused('contact:create', 'duplicate source', { name: 'x', inboxId: byId(ids.inbox), sourceId: s.name('ana') });
  await s.refused('contact:create', 'text that the pattern refuses', { name: 'x', customAttributes: mapped({ [`text_${s.tag}`]: 'nope' }) }, { expected: { either: 'patterns may be kept by the pages alone' } });
  await s.call('contact:create', { name: 'x', inboxId: byId(ids.emailInbox) }, { variant: 'mail inbox without address', expected: { either: 'the inbox needs an address' } });

  // The common contact, as another node of the package puts it out.
  const common = { platform: 'kinbox', name: 'Duda', phone: s.phone(2), email: `duda.${s.tag}@example.com`, externalId: s.name('k1'), avatarUrl: null, tags: [ids.label, s.name('Nova Etiqueta')], customFields: { [`text_${s.tag}`]: 'A-2', [s.name('novo campo')]: 3 }, notes: 'De fora', url: null };
  for (const [at, whenMissing] of ['skip', 'create', 'fail'].entries()) {
    const items = [{ ...common, name: `Duda ${at}`, phone: s.phone(20 + at), email: `duda${at}.${s.tag}@example.com`, externalId: s.name(`k${at}`), ...(whenMissing === 'fail' ? { tags: [s.name('falta')] } : {}) }];
    await s.call('contact:create', { contactSource: 'previousNode', whenMissing }, { variant: `previous node, ${whenMissing}`, items, expected: whenMissing === 'fail' ? 'refused' : 'ok' });
    await s.call('contact:upsert', { contactSource: 'previousNode', whenMissing, matchBy: 'any' }, { variant: `previous node, ${whenMissing}`, items, expected: whenMissing === 'fail' ? 'refused' : 'ok' });
    await s.call('contact:update', { contactSource: 'previousNode', whenMissing, contactId: byId(ids.contact2) }, { variant: `previous node, ${whenMissing}`, items: [{ ...common, phone: s.phone(30 + at), email: `bruno${at}.${s.tag}@example.com`, externalId: s.name(`b${at}`), ...(whenMissing === 'fail' ? { tags: [s.name('falta')] } : {}) }], expected: whenMissing === 'fail' ? 'refused' : 'ok' });
  }
  // The label and the attribute that "create" has made.
  s.atEnd(async () => {
    for (const one of await s.rawRows('/labels')) if (String(one.title).includes(`nova-etiqueta-${s.tag}`)) await s.raw('DELETE', `/labels/${String(one.id)}`);
    for (const one of await s.rawRows('/custom_attribute_definitions?attribute_model=contact_attribute')) if (String(one.attribute_display_name) === s.name('novo campo')) await s.raw('DELETE', `/custom_attribute_definitions/${String(one.id)}`);
  });
  for (const [at, matchBy] of ['email', 'phone', 'identifier', 'any'].entries()) {
    const fields = { matchBy, ...person(`Elis${at}`), ...every(40 + at), additionalFields: at === 0 ? additionalFields : { city: 'Porto' } };
    const made = await s.call('contact:upsert', { ...fields, contactSource: 'defineBelow', inboxId: byId(ids.inbox) }, { variant: `by ${matchBy}, new` });
    const found = await s.call('contact:upsert', { ...fields, name: 'Elis R.' }, { variant: `by ${matchBy}, known` });
    await s.check(`contact:upsert finds by ${matchBy}`, made.id !== '0' && made.id === found.id && found.row.created === false, [made.row, found.row]);
  }
  await s.call('contact:upsert', { matchBy: 'email', email: `elis0.${s.tag}@example.com`, additionalFields: { avatarField: 'data', blocked: false } }, { variant: 'picture', items: withPicture });
  await s.refused('contact:upsert', "somebody else's phone", { matchBy: 'email', email: `elis0.${s.tag}@example.com`, phone: s.phone(1) });

  // More than two pages, several at a time.
  const many = await s.call('contact:create', { name: '={{ $json.name }}', email: '={{ $json.email }}', additionalFields: { city: '={{ $json.city }}' }, options: { parallelRequests: 4, addSummary: true, timeout: 30, giveUpAfter: 1 } }, {
    variant: 'many items', items: Array.from({ length: 32 }, (_, at) => ({ name: `Muitos ${String(at).padStart(2, '0')}`, email: `muitos${at}.${s.tag}@example.com`, city: at % 2 ? 'Porto' : 'Lisboa' })),
  });
  await s.settle();

  await s.call('contact:get', { contactId: byId(ids.contact) });
  await s.call('contact:get', { contactId: byUrl(ana.row.url) }, { variant: 'by address', as: 'agent' });
  const all = await list(s, 'contact:getAll', {}, { filters: { includeInboxes: true, labels: [ids.label] } });
  await s.check('contact:getAll lists each contact once', new Set(all.rows.map(({ id }) => id)).size === all.rows.length && all.rows.length >= many.rows.length, all.rows.length);
  await s.call('contact:getAll', { limit: 5, filters: { online: true } }, { variant: 'online' });
  for (const by of columns) {
    for (const direction of ['asc', 'desc']) {
      await s.call('contact:getAll', { limit: 40, sort: { by, direction } }, { variant: `by ${by} ${direction}` });
      await s.call('contact:search', { searchText: s.tag, limit: 3, sort: { by, direction } }, { variant: `by ${by} ${direction}` });
      await s.call('contact:filter', { conditions: { condition: [{ field: 'email', operator: 'contains', value: s.tag }] }, limit: 3, sort: { by, direction } }, { variant: `by ${by} ${direction}` });
    }
  }
  const found = await list(s, 'contact:search', { searchText: `muitos` });
  await s.check('contact:search finds all 32', found.rows.filter(({ email }) => String(email).includes(s.tag)).length === 32, found.rows.length);
  await everyCondition(s, 'contact:filter', contactFilterKeys, {
    blocked: 'false', city: 'Fortaleza', company_name: 'Padaria Boa Vista', country_code: 'BR', created_at: '2020-01-31', email: s.tag, identifier: s.name('ERP-1'), labels: ids.label, last_activity_at: '2020-01-31', name: 'Ana', phone_number: s.phone(1),
    text: 'A-1', number: '7', date: '1990-05-17', checkbox: 'true', list: 'básico', link: 'https://example.com', currency: '9.5', percent: '10',
  });
  const or = await s.call('contact:filter', { combine: 'OR', conditions: { condition: [{ field: 'city', operator: 'equal_to', value: 'Porto' }, { field: 'city', operator: 'equal_to', value: 'Lisboa' }] }, returnAll: true }, { variant: 'or, all' });
  await s.check('contact:filter finds all of the 32', or.rows.filter(({ email }) => String(email).startsWith(`muitos`) && String(email).includes(s.tag)).length === 32, or.rows.length);
  await s.refused('contact:filter', 'unknown attribute', { conditions: { condition: [{ field: 'customAttribute', attributeKey: 'nada', operator: 'equal_to', value: 'x' }] } });

  await s.call('contact:update', { contactSource: 'defineBelow', contactId: byId(ids.contact), ...person('Ana'), ...every(1) });
  const merged = await s.call('contact:update', { contactId: byId(ids.contact), customAttributes: mapped({ [`number_${s.tag}`]: 8 }) }, { variant: 'minimal', as: 'agent' });
  await s.check('contact:update keeps the other custom attributes', Object.keys((merged.row.customFields ?? {}) as object).length >= 8, merged.row.customFields);
  await s.call('contact:update', { contactId: byId(ids.contact), additionalFields: { avatarField: 'data' } }, { variant: 'picture', items: withPicture });
  await s.refused('contact:update', "somebody else's phone", { contactId: byId(ids.contact2), phone: s.phone(1) });
  await s.call('contact:block', { contactId: byId(ids.contact2) });
  await s.call('contact:unblock', { contactId: byId(ids.contact2) });
  await s.call('contact:deleteAvatar', { contactId: byId(ids.contact) });
  await s.call('contact:setLabels', { contactId: byId(ids.contact), labels: [ids.label] });
  await s.call('contact:addLabels', { contactId: byId(ids.contact), labels: [ids.label2, s.name('solta')] });
  await s.call('contact:removeLabels', { contactId: byId(ids.contact), labels: [s.name('solta')] });
  const labels = await s.call('contact:getLabels', { contactId: byId(ids.contact) });
  await s.check('contact labels are what was set, added and removed', JSON.stringify([...labels.row.labels as string[] ?? []].sort()) === JSON.stringify([ids.label, ids.label2].sort()), labels.rows);
  await s.call('contact:removeCustomAttributes', { contactId: byId(ids.contact), attributeKeys: [`percent_${s.tag}`] });

  await s.call('contact:linkToInbox', { contactId: byId(ids.contact2), inboxId: byId(ids.inbox), sourceId: s.name('bruno') });
  await s.call('contact:linkToInbox', { contactId: byId(ids.contact2), inboxId: byId(ids.deadInbox) }, { variant: 'minimal' });
  await s.refused('contact:linkToInbox', 'duplicate source', { contactId: byId(ids.contact2), inboxId: byId(ids.inbox), sourceId: s.name('ana') });
  await s.call('contact:getContactableInboxes', { contactId: byId(ids.contact) });
  await s.call('contact:findBySourceId', { inboxId: byId(ids.inbox), sourceId: s.name('bruno') });
  await s.refused('contact:findBySourceId', 'unknown source', { inboxId: byId(ids.inbox), sourceId: 'nobody' });

  const note = await s.call('contactNote:create', { contactId: byId(ids.contact), content: 'Ligou duas vezes' });
  const ofAgent = await s.call('contactNote:create', { contactId: byId(ids.contact), content: 'Outra' }, { variant: 'as agent', as: 'agent' });
  ids.note = note.id;
  await s.call('contactNote:get', { contactId: byId(ids.contact), noteId: byId(note.id) });
  await list(s, 'contactNote:getAll', { contactId: byId(ids.contact) });
  await s.call('contactNote:update', { contactId: byId(ids.contact), noteId: byId(note.id), content: 'Ligou três vezes' });
  await s.call('contactNote:delete', { contactId: byId(ids.contact), noteId: byId(ofAgent.id) });

  const twin = await s.call('contact:create', { ...person('Gêmea'), identifier: s.name('twin') }, { variant: 'to be merged' });
  const whole = await s.call('contact:merge', { contactId: byId(ids.contact), mergeeId: byId(twin.id) });
  await s.check('contact:merge keeps the first', whole.row.id === ids.contact, whole.row);
  await s.call('contact:import', { binaryField: 'data' }, { items: [{ json: {}, binary: { data: file(`name,email,phone_number\nUm,um.${s.tag}@example.com,${s.phone(60)}\nDois,dois.${s.tag}@example.com,\n`, 'text/csv', 'people.csv') } }] });
  await s.refused('contact:import', 'not a CSV file', { binaryField: 'data' }, { items: withPicture, expected: { either: 'the job may notice later' } });
  await s.call('contact:export', { label: ids.label, columns: 'id, name, email', combine: 'OR', conditions: { condition: [{ field: 'city', operator: 'equal_to', value: 'Porto' }, { field: 'customAttribute', attributeKey: `text_${s.tag}`, operator: 'is_present' }] } });
  await s.call('contact:export', { combine: 'AND', conditions: { condition: [{ field: 'city', operator: 'equal_to', value: 'Porto' }] } }, { variant: 'minimal' });
  await s.settle();
  const imported = await s.rawRows(`/contacts/search?q=um.${s.tag}`);
  await s.check('contact:import has made the contacts of the file', imported.length === 1, imported);
  s.atEnd(async () => {
    const mine = (await s.call('contact:search', { searchText: s.tag, returnAll: true }, { variant: 'to be deleted' })).rows;
    await s.call('contact:delete', { contactId: byId(ids.contact2) });
    await s.call('contact:delete', { contactId: byId(ids.contact) }, { variant: 'as agent', as: 'agent', expected: onlyAdministrators });
    for (const { id } of mine) await s.raw('DELETE', `/contacts/${String(id)}`);
  });
}
