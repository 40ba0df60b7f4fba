import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { resources as callbell } from '../../nodes/Callbell/actions';
import { resources as chatwoot } from '../../nodes/Chatwoot/actions';
import { resources as kinbox } from '../../nodes/Kinbox/actions';
import { readIncomingContact, type IncomingContact } from '../../nodes/shared/contact/incoming';
import { Item } from '../../nodes/shared/operation/item';
import type { Operation } from '../../nodes/shared/operation/operation';
import { toE164, type DefaultCountry } from '../../nodes/shared/phone/phone';

/** Who a row stands for: what a node would write. */
export interface Person {
  name?: string;
  email?: string;
  /** In E.164; undefined when the row has none that can be read. */
  phone?: string;
  tags?: string[];
  notes?: string;
}

export function personIn(row: IDataObject, country: DefaultCountry = 'BR'): (Person & { contact: IncomingContact }) | undefined {
  const contact = readIncomingContact(row);
  if (!contact) return undefined;
  const phone = contact.phone === undefined ? undefined : toE164(contact.phone, { defaultCountry: country });
  return { name: contact.name, email: contact.email, phone: phone?.ok ? phone.e164 : undefined, tags: contact.tags, notes: contact.notes, contact };
}

type Upsert = Operation<never>;

const upsertOf = (resources: Array<{ option: { value: string }; operations: unknown[] }>) => (resources.find(({ option }) => option.value === 'contact')!.operations as Upsert[]).find(({ option }) => option.value === 'upsert')!;

/** *Create or Update* of the three nodes. */
export const upserts: Array<[vendor: 'callbell' | 'chatwoot' | 'kinbox', upsert: Upsert]> = [['callbell', upsertOf(callbell)], ['chatwoot', upsertOf(chatwoot)], ['kinbox', upsertOf(kinbox)]];

/** Whom *Create or Update* with *From Previous Node* would write; undefined when it refuses the row. */
export function writtenBy(vendor: string, { properties, read }: Upsert, row: IDataObject): Person | undefined {
  const values: IDataObject = { ...Object.fromEntries(properties.map((property) => [property.name, property.default])), contactSource: 'previousNode', defaultCountry: 'BR' };
  const context = {
    getNode: () => ({ id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} }), getTimezone: () => 'America/Fortaleza', getMode: () => 'manual',
    getInputData: () => [{ json: row }], getNodeParameter: (name: string, _index: number, fallback?: unknown) => values[name] ?? fallback,
  } as unknown as IExecuteFunctions;
  let input: { body: IDataObject; e164?: string };
  try {
    const given = read(new Item(context, 0, properties)) as { input?: typeof input } & typeof input;
    input = given.input ?? given;
  } catch (error) {
    if (error instanceof NodeOperationError) return undefined;
    throw error;
  }
  const { body, e164 } = input;
  const phone = vendor === 'kinbox' && body.phone !== undefined ? `+${String(body.phone)}` : (e164 ?? body.phone_number);
  return { name: body.name as string | undefined, email: body.email as string | undefined, phone: phone as string | undefined };
}

const ana = { name: 'Ana Souza', email: 'ana@example.com', phone: '+5585988887777' };
const affiliate = { name: 'Rui Afiliado', email: 'rui@example.com', phone: '+5511977776666' };

/** Rows of sheets and forms, and what has to come out. */
export const rows: Array<[what: string, row: IDataObject, person: Person]> = [
  ["Meta's lead export", { full_name: 'Ana Souza', phone_number: 'p:+5585988887777', email: 'ana@example.com', platform: 'fb', ad_name: 'Inverno' }, ana],
  ["Meta's, number as at home", { full_name: 'Ana Souza', phone_number: '85988887777', email: 'ana@example.com', platform: 'ig' }, ana],
  ['an object custom_fields of somebody else', { name: 'Ana Souza', email: 'ana@example.com', phone: '11987654321', custom_fields: { cpf: '1' }, cidade: 'SP' }, { ...ana, phone: '+5511987654321' }],
  ['Spanish titles', { 'Nombre completo': 'Ana Souza', 'Dirección de correo electrónico': 'ana@example.com', 'Número de teléfono': '+55 85 98888-7777' }, ana],
  ['numbered columns', { Nome: 'Ana Souza', 'E-mail': 'ana@example.com', 'Telefone 1': '85 98888-7777', 'Telefone 2': '85 97777-6666' }, ana],
  ['TELEFONE1', { NOME: 'Ana Souza', EMAIL: 'ana@example.com', TELEFONE1: 85988887777 }, ana],
  ["Google's export", { 'First Name': 'Ana', 'Last Name': 'Souza', 'E-mail 1 - Value': 'ana@example.com ::: outro@example.com', 'Phone 1 - Value': '+55 85 98888-7777 ::: +55 85 3333-4444' }, ana],
  ['phones in a list', { name: 'Ana Souza', email: 'ana@example.com', phone: [{ value: '+5585988887777' }] }, ana],
  ['Fone/WhatsApp', { nome_e_sobrenome: 'Ana Souza', 'E-mail': 'ana@example.com', 'Fone/WhatsApp': '(85) 98888-7777' }, ana],
  ['a company', { 'Razão Social': 'Ana Souza', 'E-mail principal': 'ana@example.com', 'Telefone comercial': '85 98888-7777' }, ana],
  ['Italian', { Nome: 'Ana', Cognome: 'Souza', Email: 'ana@example.com', Cellulare: '+55 85 98888 7777' }, ana],
  ['DDD + Telefone', { Nome: 'Ana Souza', Email: 'ana@example.com', DDD: 85, Telefone: '98888-7777' }, ana],
  ['DDI + DDD + Telefone', { Nome: 'Ana Souza', Email: 'ana@example.com', DDI: '+55', DDD: '085', Telefone: 988887777 }, ana],
  ['questions as titles', { 'Qual é o seu nome completo?': 'Ana Souza', 'Qual é o seu melhor e-mail?': 'ana@example.com', 'Qual é o seu WhatsApp? (com DDD)': '85988887777' }, ana],
  ['questions in Spanish', { '¿Cuál es tu nombre?': 'Ana Souza', '¿Cuál es tu correo electrónico?': 'ana@example.com', 'Tu WhatsApp': '+55 85 98888 7777' }, ana],
  ['no e-mail', { nome: 'Ana Souza', email: 'não tem', telefone: '85 98888-7777' }, { name: 'Ana Souza', phone: ana.phone }],
  ['a dash for an e-mail', { nome: 'Ana Souza', email: '-', telefone: '85 98888-7777' }, { name: 'Ana Souza', phone: ana.phone }],
  ['N/A', { nome: 'Ana Souza', email: 'N/A', telefone: '85 98888-7777' }, { name: 'Ana Souza', phone: ana.phone }],
  ['#N/D', { nome: '#N/D', email: '#N/D', telefone: '85 98888-7777' }, { phone: ana.phone }],
  ['0 for a phone', { nome: 'Ana Souza', email: 'ana@example.com', telefone: 0 }, { name: 'Ana Souza', email: ana.email }],
  ['the word null for a name', { nome: 'null', email: 'ana@example.com' }, { email: ana.email }],
  ['a bad e-mail', { nome: 'Ana Souza', email: 'ana@gmail,com', telefone: '85 98888-7777' }, { name: 'Ana Souza', phone: ana.phone }],
  ['a named address', { nome: 'Ana Souza', email: 'Ana Souza <ana@example.com>', telefone: '85 98888-7777' }, ana],
  ['mailto:', { nome: 'Ana Souza', email: 'mailto:ana@example.com', telefone: '85 98888-7777' }, ana],
  ['a formula', { nome: 'Ana Souza', email: 'ana@example.com', telefone: '=+5585988887777' }, ana],
  ['a formula of a link', { nome: 'Ana Souza', email: 'ana@example.com', telefone: '=HYPERLINK("https://wa.me/5585988887777";"85 98888-7777")' }, ana],
  ['a number with decimals', { nome: 'Ana Souza', email: 'ana@example.com', telefone: '85988887777,00' }, ana],
  ["a sheet's number in thousands", { nome: 'Ana Souza', email: 'ana@example.com', telefone: '5.585.988.887.777' }, ana],
  ['Cel:, Zap and (WhatsApp)', { nome: 'Ana Souza', email: 'ana@example.com', celular: 'Cel: 85 98888-7777 (WhatsApp)' }, ana],
  ['an option with an ID for a name', { nome: { id: 7, name: 'Ana Souza' }, email: 'ana@example.com', telefone: ['85988887777'] }, ana],
  ['invisible characters', { nome: '\u200BAna\u00A0Souza', email: "ana@exam\u200Bple.com'", telefone: '85 98888-7777\u200E' }, ana],
  ['cells of Excel', { nome: { richText: [{ text: 'Ana ' }, { text: 'Souza' }] }, email: { text: 'ana@example.com', hyperlink: 'mailto:ana@example.com' }, telefone: { formula: 'A1', result: 85988887777 } }, ana],
  ['lists of one', { nome: 'Ana Souza', email: ['ana@example.com'], telefone: ['85988887777'] }, ana],
  ["WhatsApp's own number", { profile: { name: 'Ana Souza' }, wa_id: '5585988887777', email: 'ana@example.com' }, ana],
  ['a name of an affiliate beside', { name: 'Ana Souza', email: 'ana@example.com', phone: '85988887777', affiliate_name: 'Rui', seller_phone: '11977776666', 'Telefone do vendedor': '11977776666' }, ana],
  ['a mother beside', { 'Nome': 'Ana Souza', 'Nome da mãe': 'Eva', email: 'ana@example.com', 'Telefone da mãe': '11977776666', telefone: '85988887777' }, ana],
];

/** Bodies of webhooks. */
export const bodies: Array<[what: string, body: IDataObject, person: Person]> = [
  ['Shopify order', { name: '#1001', email: 'ana@example.com', note: 'Presente', tags: 'loja', customer: { first_name: 'Ana', last_name: 'Souza', phone: '+5585988887777', email: 'ana@example.com' } }, { ...ana, tags: [] }],
  ['Shopify order, phone of the bill', { name: '#1001', email: 'ana@example.com', phone: null, billing_address: { name: 'Ana Souza', phone: '+55 85 98888-7777' }, shipping_address: { name: 'Eva', phone: '+5511977776666' }, customer: { first_name: 'Ana', last_name: 'Souza', email: 'ana@example.com', phone: null } }, ana],
  ['Hotmart', { body: { event: 'PURCHASE_APPROVED', data: { product: { name: 'Curso' }, affiliates: [affiliate], buyer: { name: 'Ana Souza', email: 'ana@example.com', checkout_phone_code: '55', checkout_phone: '85988887777' }, producer: { name: 'Rui' } } } }, ana],
  ['Kiwify', { body: { order_id: '1', Product: { product_name: 'Curso' }, Customer: { full_name: 'Ana Souza', email: 'ana@example.com', mobile: '+5585988887777' }, Commissions: {} } }, ana],
  ['WooCommerce', { body: { id: 7, billing: { first_name: 'Ana', last_name: 'Souza', email: 'ana@example.com', phone: '(85) 98888-7777' }, shipping: { first_name: 'Eva', phone: '11977776666' } } }, ana],
  ['RD Station, one lead', { body: { leads: [{ name: 'Ana Souza', email: 'ana@example.com', mobile_phone: '85988887777' }] } }, ana],
  ["n8n's WhatsApp Trigger", { contacts: [{ profile: { name: 'Ana Souza' }, wa_id: '5585988887777' }], messages: [{ from: '5585988887777' }] }, { name: 'Ana Souza', phone: ana.phone }],
  ['Facebook', { field_data: [{ name: 'full_name', values: ['Ana Souza'] }, { name: 'email', values: ['ana@example.com'] }, { name: 'phone_number', values: ['+5585988887777'] }] }, ana],
  ['HubSpot', { id: '1', properties: { firstname: 'Ana', lastname: 'Souza', email: 'ana@example.com', phone: '+5585988887777' } }, ana],
  ['HubSpot with versions', { vid: 1, properties: { firstname: { value: 'Ana' }, lastname: { value: 'Souza' }, email: { value: 'ana@example.com' }, phone: { value: '+5585988887777' } } }, ana],
  ['Ticto', { body: { version: '2.0', customer: { name: 'Ana Souza', email: 'ana@example.com', phone: { ddi: '+55', ddd: '85', number: '988887777' } }, producer: affiliate } }, ana],
  ['Ticto at the top', { name: 'Ana Souza', email: 'ana@example.com', phone: { ddi: '55', ddd: '85', number: '988887777' } }, ana],
  ['Ticto, flat', { customer_name: 'Ana Souza', customer_email: 'ana@example.com', customer_phone_ddi: '55', customer_phone_ddd: '85', customer_phone_number: '988887777', producer_name: 'Rui' }, ana],
  ['Eduzz', { cus_name: 'Ana Souza', cus_email: 'ana@example.com', cus_cel: '85988887777', aff_name: 'Rui', aff_email: 'rui@example.com', aff_cel: '11977776666' }, ana],
  ['Monetizze', { comprador: { nome: 'Ana Souza', email: 'ana@example.com', telefone: '85988887777' }, produtor: { nome: 'Rui', email: 'rui@example.com' } }, ana],
  ['Monetizze, as a form', { 'comprador[nome]': 'Ana Souza', 'comprador[email]': 'ana@example.com', 'comprador[telefone]': '85988887777', 'produtor[nome]': 'Rui' }, ana],
  ['PerfectPay', { token: 'x', customer: { full_name: 'Ana Souza', email: 'ana@example.com', phone_area_code: '85', phone_number: '988887777' } }, ana],
  ['Braip', { client_name: 'Ana Souza', client_email: 'ana@example.com', client_cel: '85988887777', producer_name: 'Rui' }, ana],
  ['Pagar.me', { body: { data: { customer: { name: 'Ana Souza', email: 'ana@example.com', phones: { mobile_phone: { country_code: '55', area_code: '85', number: '988887777' } } } } } }, ana],
  ['Mercado Pago', { payer: { first_name: 'Ana', last_name: 'Souza', email: 'ana@example.com', phone: { area_code: '85', number: '988887777' } } }, ana],
  ['Elementor, nested', { body: { form: { id: '1', name: 'Contato' }, fields: { name: { id: 'name', title: 'Nome', value: 'Ana Souza' }, field_1: { id: 'field_1', title: 'WhatsApp', value: '85 98888-7777' }, email: { id: 'email', title: 'E-mail', value: 'ana@example.com' } } } }, ana],
  ['Tally', { body: { eventType: 'FORM_RESPONSE', data: { formName: 'Leads', fields: [{ key: 'q1', label: 'Nome', value: 'Ana Souza' }, { key: 'q2', label: 'Seu WhatsApp', value: '+5585988887777' }, { key: 'q3', label: 'E-mail', value: 'ana@example.com' }] } } }, ana],
  ['Typeform', { form_response: { answers: [{ type: 'text', text: 'Ana Souza', field: { ref: 'name' } }, { type: 'email', email: 'ana@example.com' }, { type: 'phone_number', phone_number: '+5585988887777' }] } }, { email: ana.email, phone: ana.phone }],
  ['Jotform', { name: { first: 'Ana', last: 'Souza' }, email: 'ana@example.com', phonenumber: { full: '(85) 98888-7777' }, phone: '(85) 98888-7777' }, ana],
  ['Calendly', { event: 'invitee.created', payload: { name: 'Ana Souza', email: 'ana@example.com', text_reminder_number: '+55 85 98888-7777', scheduled_event: { name: 'Conversa', event_memberships: [{ user_name: 'Rui', user_email: 'rui@example.com' }] } } }, ana],
  ['WAHA', { event: 'message', payload: { from: '5585988887777@c.us', fromMe: false, body: 'oi', _data: { notifyName: 'Ana Souza' } } }, { name: 'Ana Souza', phone: ana.phone }],
  ['Evolution', { event: 'messages.upsert', data: { key: { remoteJid: '5585988887777@s.whatsapp.net', fromMe: false }, pushName: 'Ana Souza' } }, { name: 'Ana Souza', phone: ana.phone }],
  ['a person of an unknown name', { evento: 'x', inscricao: { nome: 'Ana Souza', email: 'ana@example.com', whatsapp: '85988887777' }, afiliado: affiliate, loja: { nome: 'Loja', telefone: '1133334444' } }, ana],
];

/** Items that hold people, but not one that is meant. */
export const nobodyIn: Array<[what: string, row: IDataObject]> = [
  ['only an affiliate', { affiliate }],
  ['two of whom either may be meant', { noivo: { nome: 'Rui', telefone: '11977776666' }, noiva: { nome: 'Ana', telefone: '85988887777' } }],
  ['several leads', { body: { leads: [ana, affiliate] } }],
  ['a message of our own', { event: 'messages.upsert', data: { key: { remoteJid: '5585988887777@s.whatsapp.net', fromMe: true } } }],
  ['an agent', { event: 'message_created', sender: { type: 'user', name: 'Rui', email: 'rui@example.com' } }],
  ['names of things', { product_name: 'Curso', form_name: 'Leads', campaign_name: 'Inverno' }],
];
