import type { INodeProperties } from 'n8n-workflow';

import { countryOptions } from '../phone/countries';
import type { DefaultCountry } from '../phone/phone';
import type { Habits } from '../values/habits';
import type { Item } from './item';

/** Where phone numbers without a country code belong. */
export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: countryOptions,
	default: 'BR',
	description: 'Where phone numbers without a country code belong',
};

export function readCountry(item: Item): DefaultCountry {
	return (item.text('defaultCountry') ?? 'BR') as DefaultCountry;
}

/** How the numbers and dates of an item are written: by its default country, where the operation asks for one. */
export function habitsOf(item: Item): Habits {
	return { timezone: item.timezone(), country: item.has('defaultCountry') ? readCountry(item) : undefined };
}
