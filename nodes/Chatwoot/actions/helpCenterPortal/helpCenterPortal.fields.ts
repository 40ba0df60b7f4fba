import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { filledIn } from '../../../shared/values/read';
import { inboxLocator, locatorAs } from '../../descriptions/locators';
import { slugOf, isLocale, readLocale } from '../../helpers/helpCenter';
import { longText, requiredUpTo, textUpTo, optionalId } from '../../helpers/read';
import type { PortalInput } from './helpCenterPortal.calls';

const networks = {
	facebook: 'Facebook', github: 'GitHub', instagram: 'Instagram', linkedin: 'LinkedIn', tiktok: 'TikTok', whatsapp: 'WhatsApp', x: 'X', youtube: 'YouTube',
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. My Shop',
	description: 'How the portal is called',
};

export const slugField: INodeProperties = {
	displayName: 'Slug',
	name: 'slug',
	type: 'string',
	default: '',
	placeholder: 'e.g. my-shop',
	description: 'The part of the address that names the portal; no other portal on the whole server may have it',
};

/** What a portal has besides name and slug, for create and update alike. */
export const portalFields: INodeProperties[] = [
	{
		displayName: 'Archived',
		name: 'archived',
		type: 'boolean',
		default: true,
		description: 'Whether the portal is put away; its pages are no longer public',
	},
	{
		displayName: 'Color',
		name: 'color',
		type: 'color',
		default: '#1f93ff',
		description: 'The colour of its pages',
	},
	{
		displayName: 'Custom Domain',
		name: 'customDomain',
		type: 'string',
		default: '',
		placeholder: 'e.g. help.example.com',
		description: 'A domain of your own that leads to the portal',
	},
	{
		displayName: 'Default Language',
		name: 'defaultLocale',
		type: 'string',
		default: '',
		placeholder: 'e.g. pt_BR',
		description: 'Code of the language that visitors see first; it has to be one of the languages',
	},
	{
		displayName: 'Draft Languages',
		name: 'draftLocales',
		type: 'string',
		default: '',
		placeholder: 'e.g. es',
		description: 'Codes of languages that are not public yet, with commas between them',
	},
	{
		displayName: 'Header Text',
		name: 'headerText',
		type: 'string',
		default: '',
		placeholder: 'e.g. How can we help?',
		description: 'The text above the search of the start page',
	},
	{
		displayName: 'Homepage',
		name: 'homepage',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com',
		description: 'The website that the portal links to',
	},
	{
		displayName: 'Languages',
		name: 'locales',
		type: 'string',
		default: '',
		placeholder: 'e.g. pt_BR, en',
		description: 'Codes of all languages that the portal has, with commas between them; on update, in place of those before',
	},
	{
		displayName: 'Layout',
		name: 'layout',
		type: 'options',
		options: [
			{ name: 'Classic', value: 'classic' },
			{ name: 'Documentation', value: 'documentation' },
		],
		default: 'classic',
		description: 'How its pages look',
	},
	locatorAs(inboxLocator, { displayName: 'Live Chat Inbox', description: 'The website inbox whose chat is offered on the pages', optional: true }),
	{
		displayName: 'Logo Input Data Field Name',
		name: 'logo',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		description: 'The name of the input field with the picture',
	},
	{
		displayName: 'Page Title',
		name: 'pageTitle',
		type: 'string',
		default: '',
		placeholder: 'e.g. Help for My Shop',
		description: 'What the browser shows as title',
	},
	{
		displayName: 'Social Profiles',
		name: 'socialProfiles',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Profile',
		default: {},
		description: 'Accounts that the pages link to; on update, in place of those before',
		options: [
			{
				displayName: 'Profile',
				name: 'profile',
				values: [
					{
						displayName: 'Network',
						name: 'network',
						type: 'options',
						options: Object.entries(networks).map(([value, name]) => ({ name, value })),
						default: 'instagram',
						description: 'Where the account is',
					},
					{
						displayName: 'Account',
						name: 'handle',
						type: 'string',
						default: '',
						placeholder: 'e.g. myshop',
						description: 'Its name there, as in its address',
					},
				],
			},
		],
	},
	{
		displayName: 'Translations',
		name: 'translations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Language',
		default: {},
		description: 'Name, title and header in other languages; on update, in place of those before',
		options: [
			{
				displayName: 'Translation',
				name: 'translation',
				values: [
					{
						displayName: 'Language',
						name: 'locale',
						type: 'string',
						default: '',
						placeholder: 'e.g. en',
						description: 'Code of the language',
					},
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. My Shop',
						description: 'How the portal is called there',
					},
					{
						displayName: 'Page Title',
						name: 'pageTitle',
						type: 'string',
						default: '',
						placeholder: 'e.g. Help for My Shop',
						description: 'What the browser shows as title there',
					},
					{
						displayName: 'Header Text',
						name: 'headerText',
						type: 'string',
						default: '',
						placeholder: 'e.g. How can we help?',
						description: 'The text above the search there',
					},
				],
			},
		],
	},
];

/**
 * Reads `PortalCreateFields` or `PortalUpdateFields`, and what stands beside them.
 *
 * @param names name and slug, as read from their own fields
 */
export function readPortalFields(fields: Fields, names: { name?: string; slug?: string }): PortalInput {
	const locales = readLocales(fields, 'locales');
	const defaultLocale = readLocale(fields, 'defaultLocale');
	if (locales !== undefined && defaultLocale !== undefined && !locales.includes(defaultLocale)) {
		throw fields.refuse('defaultLocale', 'is not one of the languages', `Add ${defaultLocale} to 'Languages', or give one of: ${locales.join(', ')}.`);
	}
	const color = fields.text('color');
	if (color !== undefined && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) throw fields.refuse('color', 'is not a colour', 'Give it as #rgb or #rrggbb, for example #1f93ff.');
	const portal = filledIn({
		...names,
		color,
		custom_domain: readDomain(fields),
		header_text: textUpTo(fields, 'headerText', longText),
		homepage_link: fields.url('homepage'),
		page_title: textUpTo(fields, 'pageTitle'),
		archived: fields.boolean('archived'),
		config: filledIn({
			default_locale: defaultLocale,
			layout: fields.choice('layout', ['classic', 'documentation'] as const),
			allowed_locales: locales,
			draft_locales: readLocales(fields, 'draftLocales'),
			social_profiles: readProfiles(fields),
			locale_translations: readTranslations(fields),
		}),
	});
	const inbox = optionalId(fields, 'inboxId');
	const logo = fields.text('logo');
	return { ...(portal ? { portal } : {}), ...(inbox === undefined ? {} : { inbox_id: inbox }), ...(logo === undefined ? {} : { logo }) };
}

/** The slug of a portal or category: what can stand in an address. */
export function readSlug(fields: Fields, name = 'slug'): string | undefined {
	const slug = textUpTo(fields, name);
	if (slug !== undefined && !/^[\p{L}\p{N}_-]+$/u.test(slug)) throw fields.refuse(name, 'cannot stand in an address', 'Use letters, digits and hyphens only: my-shop.');
	return slug;
}

/**
 * Name and slug of a new record; a slug left empty is made from the name.
 *
 * @param example a slug, for the advice
 */
export function readNameAndSlug(fields: Fields, example: string): { name: string; slug: string } {
	const name = requiredUpTo(fields, 'name');
	const slug = readSlug(fields) ?? slugOf(name);
	if (slug === '') throw fields.refuse('slug', "is empty, and 'Name' has no letters to make it from", `Give a slug such as ${example}.`);
	return { name, slug };
}

function readDomain(fields: Fields): string | undefined {
	const domain = textUpTo(fields, 'customDomain');
	if (domain !== undefined && !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(domain)) throw fields.refuse('customDomain', 'is not a domain', 'Give the name alone, without https:// and path: help.example.com.');
	return domain;
}

function readLocales(fields: Fields, name: string): string[] | undefined {
	const locales = fields.list(name);
	const wrong = locales?.find((locale) => !isLocale(locale));
	if (wrong !== undefined) throw fields.refuse(name, `has an entry that is not a language code: ${wrong.slice(0, 60)}`, 'Give codes such as en, pt_BR or es, with commas between them.');
	return locales?.length ? [...new Set(locales)] : undefined;
}

function readProfiles(fields: Fields): IDataObject | undefined {
	const profiles = fields.rows('socialProfiles', 'profile').map((row) => [row.choice('network', Object.keys(networks)) ?? row.required('network'), row.required('handle')] as const);
	return profiles.length ? Object.fromEntries(profiles) : undefined;
}

function readTranslations(fields: Fields): IDataObject | undefined {
	const translations = fields.rows('translations', 'translation').map((row) => {
		row.required('locale');
		return [
			readLocale(row)!,
			filledIn({ name: textUpTo(row, 'name'), page_title: textUpTo(row, 'pageTitle'), header_text: textUpTo(row, 'headerText', longText) }) ?? {},
		] as const;
	});
	return translations.length ? Object.fromEntries(translations) : undefined;
}
