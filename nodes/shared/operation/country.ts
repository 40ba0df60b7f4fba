import type { INodeProperties } from 'n8n-workflow';

import { countryOptions } from '../phone/countries';
import type { DefaultCountry } from '../phone/phone';
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
