import type { IDataObject } from 'n8n-workflow';

import { foldName } from '../values/names';
import { toE164 } from '../phone/phone';

/** A contact as an item brings it. What the item does not have is undefined, or an empty list or object. */
export interface IncomingContact {
	name?: string;
	email?: string;
	/** As it is written; with a plus sign when the record says that the country code is there. */
	phone?: string;
	externalId?: string;
	avatarUrl?: string;
	notes?: string;
	tags: string[];
	/** Field name to value, without the wrapping that services put around values. */
	customFields: IDataObject;
	/** Columns of a plain row that stand for none of the above; they may be custom fields by their name. */
	columns: IDataObject;
	/** Where each value was read: {phone: "contact.phone_number"}. */
	origins: Partial<Record<ContactKey, string>>;
}

export type ContactKey = 'avatarUrl' | 'customFields' | 'email' | 'externalId' | 'name' | 'notes' | 'phone' | 'tags';

/** What the keys of records and the columns of forms are called, folded; what comes first wins. */
const spellings: Record<ContactKey | 'firstName' | 'lastName', string[]> = {
	name: [
		// A deal or a ticket has a name of its own beside its contact's.
		'contactname', 'customername', 'name', 'fullname', 'yourname', 'nomecompleto', 'nomedocontato', 'nomedocliente', 'seunome', 'nome', 'nombrecompleto',
		'nombreyapellido', 'nombreyapellidos', 'nombredelcontacto', 'nombredelcliente', 'tunombre', 'nombre',
	],
	firstName: ['firstname', 'givenname', 'primeironome', 'primernombre'],
	lastName: ['lastname', 'familyname', 'surname', 'sobrenome', 'ultimonome', 'apellido', 'apellidos'],
	email: ['contactemail', 'email', 'emailaddress', 'mail', 'youremail', 'seuemail', 'enderecodeemail', 'tuemail', 'correoelectronico', 'correo', 'direcciondecorreo'],
	phone: [
		'contactphone', 'whatsapp', 'whatsappnumber', 'whatsappphone', 'numerodewhatsapp', 'numerowhatsapp', 'celularwhatsapp', 'whatsappcelular', 'telefonewhatsapp', 'phonewhatsapp', 'whatsappcomddd', 'seuwhatsapp', 'tuwhatsapp',
		'mobile', 'mobilephone', 'mobilenumber', 'cellphone', 'cell', 'celular', 'numerodecelular', 'numerodocelular', 'celularcomddd', 'telefonecelular', 'telefonemovel', 'telemovel', 'movil', 'telefonomovil', 'telefonocelular',
		'phone', 'phonenumber', 'telephone', 'tel', 'fone', 'telefone', 'numerodetelefone', 'telefonecomddd', 'seutelefone', 'telefono', 'numerodetelefono', 'tutelefono',
	],
	externalId: ['externalid', 'identifier', 'idexterno', 'identificador', 'identificadorexterno'],
	avatarUrl: ['avatarurl', 'avatar', 'thumbnail', 'pictureurl', 'picture', 'photourl', 'photo', 'fotourl', 'foto'],
	tags: ['tags', 'tag', 'labels', 'label', 'etiquetas', 'etiqueta', 'marcadores'],
	customFields: ['customfields', 'customattributes', 'campospersonalizados', 'camposadicionais', 'camposadicionales'],
	notes: ['notes', 'note', 'notas', 'nota', 'observacoes', 'observacao', 'observaciones', 'observacion', 'comments', 'comment', 'comentarios', 'comentario', 'description', 'descricao', 'descripcion'],
};

/** Where an item may carry its contact: a trigger's, a webhook's, a conversation's, or the item itself. */
const places = [
	['contact'], ['payload', 'contact'], ['body', 'contact'], ['body', 'payload', 'contact'], ['data', 'contact'], ['meta', 'sender'], ['conversation', 'meta', 'sender'],
	[], ['payload'], ['body'], ['body', 'payload'], ['data'], ['customer'], ['cliente'], ['lead'], ['sender'],
];

/** Keys of records and of n8n's own nodes that are no columns of a form. */
const noColumns = new Set(['createdat', 'created', 'event', 'formmode', 'formqueryparameters', 'id', 'platform', 'rownumber', 'submittedat', 'updatedat', 'url', 'uuid']);

const isObject = (value: unknown): value is IDataObject => value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);

/**
 * Reads the contact that an item brings: the common contact of this package ("Simplified"), a service's own record, or
 * a plain row of a form or spreadsheet with keys in English, Portuguese or Spanish; at the top level, below `contact`,
 * or where webhooks put it.
 *
 * @param json data of the item
 * @returns undefined when the item has no name, phone, e-mail address or key of a contact
 */
export function readIncomingContact(json: IDataObject): IncomingContact | undefined {
	for (const place of places) {
		const record = recordAt(json, place);
		// A message's sender may be one of the team.
		if (record === undefined || (place[0] === 'sender' && record.type !== 'contact')) continue;
		const contact = readRecord('contactId' in record ? contactOf(record) : record, place.join('.'));
		if (contact.name ?? contact.email ?? contact.phone ?? contact.externalId) return contact;
	}
	return undefined;
}

function recordAt(json: IDataObject, place: string[]): IDataObject | undefined {
	let value: unknown = json;
	for (const key of place) {
		value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
		// Callbell wraps one contact in a list.
		if (Array.isArray(value) && value.length === 1) value = (value as unknown[])[0];
	}
	return isObject(value) ? value : undefined;
}

/** A conversation or deal in short tells about its contact beside its own name, tags and fields. */
function contactOf({ contactName, contactPhone, contactEmail }: IDataObject): IDataObject {
	return { contactName, contactPhone, contactEmail };
}

function readRecord(record: IDataObject, place: string): IncomingContact {
	const keys = new Map<string, string>();
	for (const [key, value] of Object.entries(record)) if (!isBlank(value) && !keys.has(foldName(key))) keys.set(foldName(key), key);
	const origins: IncomingContact['origins'] = {};
	const used = new Set<string>();
	const find = <Value>(name: keyof typeof spellings, read: (value: unknown) => Value | undefined): Value | undefined => {
		for (const spelling of spellings[name]) {
			const key = keys.get(spelling);
			const value = key === undefined ? undefined : read(record[key]);
			if (key === undefined || value === undefined) continue;
			used.add(key);
			if (name !== 'firstName' && name !== 'lastName') origins[name] = place === '' ? key : `${place}.${key}`;
			return value;
		}
		return undefined;
	};

	// A service's own record has its custom fields in an object; what else stands in it is no column of a form.
	const isRecord = spellings.customFields.some((spelling) => isObject(record[keys.get(spelling) ?? '']) || Array.isArray(record[keys.get(spelling) ?? '']))
		|| isObject(record.additional_attributes) || typeof record.platform === 'string';
	const customFields = find('customFields', readFields) ?? {};
	const types = isObject(record.customFieldsMetadata) ? record.customFieldsMetadata : {};
	const contact: IncomingContact = {
		name: readName(find),
		email: find('email', readText),
		phone: find('phone', (value) => readPhone(value, isRecord)),
		externalId: find('externalId', readText),
		avatarUrl: find('avatarUrl', (value) => (typeof value === 'string' && /^https?:\/\/[^\s/]/i.test(value.trim()) ? value.trim() : undefined)),
		tags: find('tags', readTags) ?? [],
		notes: find('notes', readText),
		customFields: Object.fromEntries(Object.entries(customFields).map(([key, value]) => {
			const typed = types[key];
			return [key, isObject(typed) && !isBlank(typed.value) ? typed.value : value];
		})) as IDataObject,
		columns: {},
		origins,
	};
	if (contact.notes === undefined && isObject(record.additional_attributes)) contact.notes = readText(record.additional_attributes.description);
	contact.email ??= emailAmong(contact.customFields, types);
	contact.externalId ??= readText(contact.customFields[Object.keys(contact.customFields).find((key) => spellings.externalId.includes(foldName(key))) ?? '']);
	if (!isRecord) contact.columns = columnsOf(record, used);
	dropDoubles(contact);
	return contact;
}

/** A full name, or the two parts of one; "Nome" is a first name when "Sobrenome" stands beside it. */
function readName(find: <Value>(name: 'firstName' | 'lastName' | 'name', read: (value: unknown) => Value | undefined) => Value | undefined): string | undefined {
	const whole = find('name', readText);
	const first = find('firstName', readText);
	const last = find('lastName', readText);
	if (last === undefined) return whole ?? first;
	const before = whole ?? first ?? '';
	return before.toLowerCase().endsWith(last.toLowerCase()) && before !== '' ? before : `${before} ${last}`.trim();
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function readText(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Services keep phones with country code but often without plus sign; what people write into forms is left alone. */
function readPhone(value: unknown, isRecord: boolean): string | undefined {
	const text = readText(value);
	if (text === undefined || !isRecord || !/^\d{7,15}$/.test(text)) return text;
	return toE164(`+${text}`, { defaultCountry: 'BR' }).ok ? `+${text}` : text;
}

/** Names of tags, from a list of texts or records, or from text with commas between them; each once. */
function readTags(value: unknown): string[] | undefined {
	const entries = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? value.split(/[,;\n]/) : [value];
	const names = entries.map((entry) => readText(isObject(entry) ? (entry.name ?? entry.title ?? entry.label) : entry));
	const found = [...new Map(names.filter((name) => name !== undefined).map((name) => [name, name])).values()];
	return found.length ? found : undefined;
}

/** Custom fields as an object of plain values: {"cpf": {"value": "…"}} and [{"name": "cpf", "value": "…"}] become {"cpf": "…"}. */
function readFields(value: unknown): IDataObject | undefined {
	const entries: Array<[string, unknown]> = Array.isArray(value)
		? (value as unknown[]).filter(isObject).map((row) => [String(row.name ?? row.key ?? row.placeholder ?? row.label ?? ''), row.value])
		: isObject(value) ? Object.entries(value) : [];
	const plain = entries
		.map(([key, entry]): [string, unknown] => [key, isObject(entry) && 'value' in entry ? entry.value : entry])
		.filter(([key, entry]) => key.trim() !== '' && !isBlank(entry));
	return plain.length ? (Object.fromEntries(plain) as IDataObject) : undefined;
}

/** The e-mail address of services whose contacts have it in a custom field only. */
function emailAmong(fields: IDataObject, types: IDataObject): string | undefined {
	const typed = Object.keys(fields).find((key) => isObject(types[key]) && types[key].type === 'email');
	const key = typed ?? Object.keys(fields).find((name) => spellings.email.includes(foldName(name)));
	const text = key === undefined ? undefined : readText(fields[key]);
	return text?.includes('@') ? text : undefined;
}

/** A custom field "E-mail" that says what the contact's e-mail address says is the same thing twice. */
function dropDoubles(contact: IncomingContact): void {
	for (const key of ['email', 'phone', 'name', 'notes', 'externalId'] as const) {
		for (const name of Object.keys(contact.customFields)) {
			if (spellings[key].includes(foldName(name)) && contact[key] === readText(contact.customFields[name])) delete contact.customFields[name];
		}
	}
}

/** Further columns with plain values. */
function columnsOf(record: IDataObject, used: Set<string>): IDataObject {
	const known = new Set(Object.values(spellings).flat());
	return Object.fromEntries(Object.entries(record).filter(([key, value]) => {
		const folded = foldName(key);
		const plain = ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && (value as unknown[]).every((entry) => typeof entry === 'string'));
		return plain && !isBlank(value) && !used.has(key) && !known.has(folded) && !noColumns.has(folded);
	}));
}
