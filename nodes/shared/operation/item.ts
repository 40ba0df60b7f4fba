import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyCollection,
	ResourceMapperField,
	ResourceMapperValue,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { DefaultCountry, PhoneNumber } from '../phone/phone';
import { toE164 } from '../phone/phone';
import { emailIn } from '../values/email';
import type { FieldTarget } from '../values/fieldValue';
import { convertFieldValue } from '../values/fieldValue';
import { readBoolean, readDateText, readNumber } from '../values/habits';
import { brokenPart, brokenPartIn, isNobody, plainValue } from '../values/plain';
import { localTimeToUtc } from '../values/time';
import { isWebAddress } from '../values/webAddress';
import type { App } from './recordAddress';
import { addressPattern, isAddress, readRecordAddress } from './recordAddress';

type Level = Array<INodeProperties | INodePropertyCollection>;

interface NumberRange {
	min?: number;
	max?: number;
	integer?: boolean;
}

/**
 * Typed, checked reading of a set of fields. Empty means "not filled in" and reads as undefined.
 * Every refusal is one sentence that names the field as the editor shows it, and the item.
 */
export abstract class Fields {
	protected abstract value(name: string): unknown;
	/** The field's name as the editor shows it. */
	abstract label(name: string): string;
	abstract refuse(name: string, what: string, advice: string): NodeOperationError;

	/** The value as it is; undefined when the field does not exist. */
	raw(name: string): unknown {
		return this.value(name);
	}

	/**
	 * As {@link raw}, but texts in it that nobody has written are refused.
	 *
	 * @param value what was made of the field, when it was JSON
	 */
	checked(name: string, value = this.value(name)): unknown {
		this.refuseBroken(name, brokenPartIn(value));
		return value;
	}

	/**
	 * A text without the blanks around it; undefined when it is empty.
	 *
	 * @throws NodeOperationError for an object or a list
	 * @example
	 * read: (item) => withoutUndefined({ title: item.text('title'), color: item.collection('additionalFields').text('color') })
	 */
	text(name: string): string | undefined {
		const value = this.value(name);
		if (isEmpty(value)) return undefined;
		const plain = typeof value === 'object' && !isDate(value) ? plainValue(value) : value;
		if (typeof plain === 'string') {
			this.refuseBroken(name, brokenPart(plain));
			return plain.trim() === '' ? undefined : plain.trim();
		}
		if ((typeof plain === 'number' && !Number.isNaN(plain)) || typeof plain === 'boolean') return String(plain);
		if (isDate(value)) throw this.refuse(name, 'is a date, not text', "Say how it is to be written, for example with .toFormat('dd/MM/yyyy') behind it.");
		throw this.refuse(name, `is ${kindOf(value)}, not text`, 'Give one text value, for example by picking a single field in the expression.');
	}

	private refuseBroken(name: string, broken: string | undefined): void {
		if (broken !== undefined) throw this.refuse(name, `has "${broken}" in it`, 'An expression in it gives an object or nothing. Pick a single field that has a value, or give it another one for when it is empty.');
	}

	/** Text that has to be there. */
	required(name: string): string {
		const value = this.text(name);
		if (value === undefined) throw this.refuse(name, 'is empty', `Fill in '${this.label(name)}', or leave this item out before it reaches the node.`);
		return value;
	}

	/**
	 * Refuses an update that changes nothing.
	 *
	 * @param name the collection with the fields to change
	 * @param parts what was read from it: objects and lists, each may be empty
	 */
	needsChange(name: string, ...parts: Array<object | undefined>): void {
		if (parts.every((part) => part === undefined || Object.keys(part).length === 0)) throw this.refuse(name, 'is empty', 'Add at least one field.');
	}

	number(name: string, { min, max, integer }: NumberRange = {}): number | undefined {
		const value = this.value(name);
		if (isEmpty(value)) return undefined;
		const plain = plainValue(value);
		if (typeof plain === 'string' && plain.trim() === '') return undefined;
		const read = readNumber(plain, this.country());
		if ('problem' in read) {
			throw read.problem.startsWith('can be') ? this.refuse(name, read.problem, 'Give a number with one decimal point and nothing between the thousands.') : this.refuse(name, `is ${kindOf(value)}, not a number`, 'Give a number, for example 30.');
		}
		const number = read.value;
		if (integer && !Number.isInteger(number)) throw this.refuse(name, 'is not a whole number', 'Give a whole number, for example 30.');
		if (min !== undefined && number < min) throw this.refuse(name, `is less than ${min}`, `Give ${min} or more.`);
		if (max !== undefined && number > max) throw this.refuse(name, `is more than ${max}`, `Give ${max} or less.`);
		return number;
	}

	boolean(name: string): boolean | undefined {
		const value = this.value(name);
		if (isEmpty(value)) return undefined;
		const read = readBoolean(plainValue(value));
		if ('value' in read) return read.value;
		throw this.refuse(name, 'is neither true nor false', 'Turn the switch on or off, or give true or false.');
	}

	/** A value of an options field; also given by an expression, so it is checked. */
	choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		const found = choices.find((choice) => choice === value);
		if (found === undefined) throw this.refuse(name, 'is not one of the possible values', `Pick one of: ${choices.join(', ')}.`);
		return found;
	}

	email(name: string): string | undefined {
		if (isNobody(this.value(name)) && !this.isRequired(name)) return undefined;
		const value = this.text(name);
		if (value === undefined) return undefined;
		const email = emailIn(value);
		if (!email.ok) throw this.refuse(name, email.reason, 'Give an address such as ana@example.com.');
		return email.address;
	}

	/** A web address with http or https. */
	url(name: string): string | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		if (!isWebAddress(value)) {
			throw this.refuse(name, 'is not a web address', 'Give an address that starts with https://.');
		}
		return value;
	}

	/**
	 * A phone as people write it.
	 *
	 * @param country where numbers without country code belong to
	 * @returns undefined when the field is empty
	 * @throws NodeOperationError with the reason when it is no number, or could be two
	 * @example
	 * item.phone('phone', readCountry(item))?.e164 // "(85) 98888-7777" gives "+5585988887777"
	 */
	phone(name: string, country: DefaultCountry): PhoneNumber | undefined {
		const value = this.value(name);
		if (isEmpty(value) || (typeof value === 'string' && value.trim() === '') || (isNobody(value) && !this.isRequired(name))) return undefined;
		const plain = typeof value === 'object' ? plainValue(value) : value;
		const phone = toE164(Array.isArray(plain) && plain.length === 1 ? plain[0] : (plain ?? value), { defaultCountry: country });
		if (!phone.ok) throw this.refuse(name, `cannot be used as a phone number: ${phone.reason}`, "Write the number with its country code, for example +55 85 98888-7777, or check 'Default Country'.");
		return phone;
	}

	/** A date and time as ISO 8601 in UTC; without a zone it is read in the workflow's time zone. */
	date(name: string): string | undefined {
		const value = this.value(name);
		if (isEmpty(value)) return undefined;
		const date = readDateText(plainValue(value), this.country());
		const iso = 'value' in date ? localTimeToUtc(date.value, this.timezone()) : null;
		if (!iso) throw this.refuse(name, 'problem' in date ? date.problem : 'is not a date', 'Pick a date, or give one such as 2026-12-24T09:00:00.');
		return iso;
	}

	private isRequired(name: string): boolean {
		const property = this.property(name);
		return property !== undefined && 'required' in property && property.required === true;
	}

	protected abstract timezone(): string;

	/** The country whose habits tell how numbers and dates are written; undefined when the operation asks for none. */
	protected abstract country(): string | undefined;

	/** A list: an array, or text with commas or line breaks between the entries. */
	list(name: string): string[] | undefined {
		const value = this.value(name);
		if (isEmpty(value)) return undefined;
		const entries = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,\n]/) : [value];
		const texts = entries.filter((entry) => !isEmpty(entry)).map((given: unknown) => {
			const entry = typeof given === 'object' ? plainValue(given) : given;
			if (typeof entry === 'string') this.refuseBroken(name, brokenPart(entry));
			if (typeof entry !== 'string' && (typeof entry !== 'number' || Number.isNaN(entry))) {
				throw this.refuse(name, `has ${kindOf(given)} in it, not text`, 'Give a list of texts, or one text with commas between the entries.');
			}
			return String(entry).trim();
		});
		return texts.filter((text) => text !== '');
	}

	/** A JSON object, as text or as an expression's result. */
	object(name: string): IDataObject | undefined {
		const value = this.value(name);
		if (isEmpty(value)) return undefined;
		const parsed = typeof value === 'string' ? parseJson(value) : value;
		if (typeof value === 'string' && value.trim() === '') return undefined;
		if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
			throw this.refuse(name, 'is not a JSON object', 'Give an object such as {"key": "value"}, with double quotes.');
		}
		this.refuseBroken(name, brokenPartIn(parsed));
		return parsed as IDataObject;
	}

	/** The rows of a "fixed collection" field, each readable like any set of fields. */
	rows(name: string, group: string): Fields[] {
		const value = this.value(name);
		const rows = value !== null && typeof value === 'object' ? (value as IDataObject)[group] : undefined;
		if (isEmpty(rows)) return [];
		const list = Array.isArray(rows) ? rows : [rows];
		return list.map((row) => {
			if (row === null || typeof row !== 'object' || Array.isArray(row)) {
				throw this.refuse(name, 'is not a list of rows', 'Add the rows with the button below the field.');
			}
			return new NestedFields(this, name, row as IDataObject, this.nested(name, group));
		});
	}

	/** A collection ("Additional Fields", "Filters") as a set of fields. */
	collection(name: string): Fields {
		const value = this.value(name);
		if (!isEmpty(value) && (typeof value !== 'object' || Array.isArray(value))) {
			throw this.refuse(name, 'is not a set of fields', 'Add the fields with the button below it.');
		}
		return new NestedFields(this, name, (value ?? {}) as IDataObject, this.nested(name));
	}

	/**
	 * The filled-in values of a resource mapper, each in the form that its field holds: numbers, dates and options as people
	 * write them, lists for fields of several choices; undefined when nothing is mapped.
	 *
	 * @param options.days whether dates are days without a time
	 * @throws NodeOperationError when a field cannot hold its value
	 *
	 * @example
	 * item.mapped('customFields') // { cpf: '000.000.000-00', interests: ['Café', 'Chá'] }
	 */
	mapped(name: string, { days = false }: { days?: boolean } = {}): IDataObject | undefined {
		const mapper = this.value(name) as ResourceMapperValue | undefined | null;
		if (isEmpty(mapper) || typeof mapper !== 'object' || isEmpty(mapper?.value)) return undefined;
		const schema = new Map((Array.isArray(mapper?.schema) ? mapper.schema : []).map((field) => [field?.id, field]));
		const entries = Object.entries(mapper?.value ?? {}).filter(([, value]) => !isEmpty(value)).map(([id, value]) => {
			const field = schema.get(id);
			const target = field && targetOf(field, days);
			const broken = typeof value === 'string' ? brokenPart(value) : Number.isNaN(value) ? 'NaN' : undefined;
			if (!target && broken === undefined) return [id, typeof value === 'object' && !isDate(value) ? (plainValue(value) ?? value) : value];
			const read = target && broken === undefined ? convertFieldValue(value, target, { timezone: this.timezone(), country: this.country() }) : { problem: `has "${broken}" in it` };
			if ('value' in read) return [id, read.value];
			throw this.refuse(name, `cannot take the value of '${field?.displayName ?? id}': it ${read.problem}`, 'Give a value of the kind that the field holds, or leave the field empty.');
		});
		return entries.length ? Object.fromEntries(entries) as IDataObject : undefined;
	}

	/**
	 * The ID of the record that a locator names, whichever way: from the list, by ID, or by the address of its page. An
	 * address has to be one of the credential's app; the account that it names is remembered, see {@link Item.accountsNamed}.
	 */
	locator(name: string): string | undefined {
		const given = this.value(name);
		// Locators that an expression made lack n8n's mark.
		const value = given !== null && typeof given === 'object' && 'value' in given ? given.value : given;
		if (isEmpty(value) || (typeof value === 'string' && value.trim() === '')) return undefined;
		if (isAddress(value)) return this.idInAddress(name, name, value);
		if (typeof value !== 'string' && typeof value !== 'number') throw this.refuse(name, `is ${kindOf(value)}, not an ID`, 'Pick a record from the list, or give its ID.');
		const text = String(value).trim();
		// Dots alone would climb out of the path that the ID stands in.
		if (text.length > 200 || /^\.+$|[\s\p{C}]/u.test(text) || brokenPart(text) !== undefined) throw this.refuse(name, 'is not an ID', 'Pick a record from the list, or give its ID.');
		return text;
	}

	/**
	 * A locator of what a record is part of, such as the conversation of a message. The address of the record names it as
	 * well: then it may be left empty, and must not be another.
	 *
	 * @param name the whole, e.g. "conversationId"
	 * @param part the record in it, e.g. "messageId"
	 */
	requiredWhole(name: string, part: string): string {
		const chosen = this.locator(name);
		const address = this.value(part);
		const named = isAddress(address) ? this.idInAddress(part, name, address) : undefined;
		if (chosen !== undefined && named !== undefined && chosen !== named) {
			throw this.refuse(part, `belongs to ${this.label(name)} ${named}, and '${this.label(name)}' is ${chosen}`, `Give the same in both, or give '${this.label(part)}' by its ID.`);
		}
		return chosen ?? named ?? this.requiredLocator(name);
	}

	/** The ID that an address given for one locator holds for a locator, its own or another. */
	private idInAddress(name: string, wanted: string, address: string): string {
		const { app, accounts } = this.addressed();
		const reading = readRecordAddress(address, addressPattern(this.property(wanted)), app);
		if ('what' in reading) throw this.refuse(name, reading.what, reading.advice);
		if (reading.account !== undefined) accounts.set(this.label(name), reading.account);
		return reading.id;
	}

	/** A field of this set as the node describes it. */
	protected abstract property(name: string): Level[number] | undefined;

	/** The app that addresses have to belong to, and the accounts that they have named, by field. */
	abstract addressed(): { app?: App; accounts: Map<string, string> };

	/** A locator whose ID is a number, as text. */
	numericId(name: string): string | undefined {
		const id = this.locator(name);
		if (id === undefined || /^[1-9]\d{0,17}$/.test(id)) return id;
		throw this.refuse(name, 'is not an ID', 'Pick a record from the list, or give its ID, which has digits only.');
	}

	/** A numeric locator that has to be filled in. */
	requiredNumericId(name: string): string {
		this.requiredLocator(name);
		return this.numericId(name)!;
	}

	/** A locator that has to be filled in. */
	requiredLocator(name: string): string {
		const id = this.locator(name);
		if (id === undefined) throw this.refuse(name, 'is empty', `Pick a record under '${this.label(name)}', or give its ID.`);
		return id;
	}

	/** The ID under a locator that has to be filled in, held to the pattern that the locator has for IDs. */
	recordId({ name, modes }: INodeProperties): string {
		const id = this.requiredLocator(name);
		for (const rule of modes?.find((mode) => mode.name === 'id')?.validation ?? []) {
			const { regex, errorMessage } = ('properties' in rule ? rule.properties : {}) as { regex?: string; errorMessage?: string };
			if (regex !== undefined && !new RegExp(regex).test(id)) throw this.refuse(name, 'is not an ID', `Pick a record from the list, or give its ID. ${errorMessage ?? ''}`.trim());
		}
		return id;
	}

	/** The fields below a collection, as the node describes them. */
	protected abstract nested(name: string, group?: string): Level;
}

/** The fields inside a collection or a row. */
class NestedFields extends Fields {
	constructor(
		private readonly parent: Fields,
		private readonly parentName: string,
		private readonly values: IDataObject,
		private readonly level: Level,
	) {
		super();
	}

	protected property(name: string) {
		return this.level.find((entry) => entry.name === name);
	}

	addressed() {
		return this.item().addressed();
	}

	protected value(name: string) {
		return Object.hasOwn(this.values, name) ? unwrapped(this.values[name]) : undefined;
	}

	label(name: string) {
		return this.property(name)?.displayName ?? name;
	}

	refuse(name: string, what: string, advice: string) {
		return this.item().refuseLabel(this.label(name), what, advice);
	}

	private item(): Item {
		return this.parent instanceof Item ? this.parent : (this.parent as NestedFields).item();
	}

	protected timezone() {
		return this.item().timezone();
	}

	protected country() {
		return this.item().country();
	}

	protected nested(name: string, group?: string) {
		return this.item().fieldsBelow([this.parentName, name, ...(group ? [group] : [])]);
	}
}

/** One input item of a node: reads the chosen operation's fields, with expressions resolved. */
export class Item extends Fields {
	private readonly values = new Map<string, unknown>();

	constructor(
		readonly context: IExecuteFunctions,
		/** Position in the input, from 0. */
		readonly index: number,
		protected readonly properties: INodeProperties[],
		/** The app whose addresses may name records; without it their hosts are not checked. */
		private readonly app?: App,
		private readonly accounts = new Map<string, string>(),
	) {
		super();
	}

	/** The accounts that addresses in the fields read so far have named, by the label of the field. */
	get accountsNamed(): ReadonlyMap<string, string> {
		return this.accounts;
	}

	addressed() {
		return { app: this.app, accounts: this.accounts };
	}

	protected property(name: string) {
		return this.properties.find((property) => property.name === name);
	}

	/** The data that the item brings. */
	get json(): IDataObject {
		return this.context.getInputData()[this.index]?.json ?? {};
	}

	/** Whether the operation has a field of this name. */
	has(name: string): boolean {
		return this.properties.some((property) => property.name === name);
	}

	/**
	 * The same item with values for fields that are left empty; collections are filled field by field.
	 *
	 * @param origins where a value comes from, by field name; stands in the advice when the value is refused
	 * @param unread why some values do not come; stands in the advice when a field is empty
	 */
	prefilled(values: IDataObject, origins: Record<string, string | undefined> = {}, unread = ''): Item {
		return new PrefilledItem(this, this.properties, values, origins, unread);
	}

	protected value(name: string): unknown {
		// n8n evaluates a field's expression each time it is asked for it. Addresses come as they are: n8n would take the ID
		// out of them whatever their host.
		if (!this.values.has(name)) this.values.set(name, unwrapped(this.context.getNodeParameter(name, this.index, null)));
		return this.values.get(name);
	}

	label(name: string) {
		return this.property(name)?.displayName ?? name;
	}

	refuse(name: string, what: string, advice: string) {
		return this.refuseLabel(this.label(name), what, advice);
	}

	/** The one form of "this field of this item cannot be used". */
	refuseLabel(label: string, what: string, advice: string) {
		return new NodeOperationError(this.context.getNode(), `'${label}' ${what} [item ${this.index}]`, {
			itemIndex: this.index,
			description: advice,
		});
	}

	country(): string | undefined {
		const country = this.has('defaultCountry') ? this.raw('defaultCountry') : undefined;
		return typeof country === 'string' && country !== '' ? country : undefined;
	}

	timezone() {
		return this.context.getTimezone();
	}

	protected nested(name: string, group?: string) {
		return this.fieldsBelow(group ? [name, group] : [name]);
	}

	/** The fields below a collection, found in the operation's properties. */
	fieldsBelow(path: string[]): Level {
		let level: Level = this.properties;
		for (const step of path) {
			const found = level.find((entry) => entry.name === step);
			if (!found) return [];
			level = ('values' in found ? found.values : ((found as INodeProperties).options ?? [])) as Level;
		}
		return level;
	}
}

class PrefilledItem extends Item {
	constructor(
		item: Item,
		properties: INodeProperties[],
		private readonly given: IDataObject,
		private readonly origins: Record<string, string | undefined>,
		private readonly unread: string,
	) {
		const { app, accounts } = item.addressed();
		super(item.context, item.index, properties, app, accounts);
	}

	protected override value(name: string): unknown {
		const own = super.value(name);
		const given = Object.hasOwn(this.given, name) ? this.given[name] : undefined;
		if (given === undefined) return own;
		if (typeof given === 'object' && !Array.isArray(given) && own !== null && typeof own === 'object' && !Array.isArray(own)) {
			return { ...given, ...Object.fromEntries(Object.entries(own).filter(([, value]) => !isBlank(value))) };
		}
		return isBlank(own) ? given : own;
	}

	override refuse(name: string, what: string, advice: string) {
		const origin = this.origins[name];
		const isGiven = origin !== undefined && isBlank(super.value(name));
		if (this.unread !== '' && /\bempty\b/.test(what)) return super.refuse(name, what, `${this.unread} ${advice}`);
		return super.refuse(name, what, isGiven ? `The value comes from '${origin}' of the previous node. ${advice}` : advice);
	}
}

/** What a locator holds, whichever way it was filled in; other values as they are. */
function unwrapped(value: unknown): unknown {
	return value !== null && typeof value === 'object' && '__rl' in value && 'value' in value ? value.value : value;
}

/** As {@link isEmpty}; so are spaces alone and lists without entries, and locators without a record. */
function isBlank(value: unknown): boolean {
	if (value !== null && typeof value === 'object' && '__rl' in value) return !('value' in value) || isBlank(value.value);
	return isEmpty(value) || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

function isEmpty(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || value === '';
}

function isDate(value: unknown): boolean {
	return value instanceof Date || (typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function');
}

/** What a field of a resource mapper holds; undefined for texts, which are sent as they are given. */
function targetOf({ type, options }: ResourceMapperField, days: boolean): FieldTarget | undefined {
	const choices = (Array.isArray(options) ? options : []).map(({ name, value }) => ({ label: String(name), value: String(value) }));
	switch (type) {
		case 'array': return { kind: 'list', options: choices };
		case 'boolean': return { kind: 'boolean' };
		case 'dateTime': return { kind: days ? 'day' : 'time' };
		case 'number': return { kind: 'number' };
		// A yes/no field shows as a list of the two.
		case 'options': return options?.some(({ value }) => typeof value === 'boolean') ? { kind: 'boolean' } : { kind: 'choice', options: choices };
		case 'string': return choices.length || Array.isArray(options) ? { kind: 'list', options: choices } : undefined;
		default: return undefined;
	}
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'string') return 'text';
	return `a ${typeof value}`;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
