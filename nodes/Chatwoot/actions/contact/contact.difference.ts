import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../../shared/values/read';
import { isSamePhone } from '../../../shared/phone/compare';
import { isSameJson, valuesToChange } from '../../../shared/values/difference';

/**
 * What of a body a contact does not have yet; empty when nothing has to be written. A phone that is the same number in
 * its other spelling stays as it is: WhatsApp knows the contact by that.
 */
export function differenceTo(contact: IDataObject, body: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(body).flatMap(([key, value]): Array<[string, IDataObject[string]]> => {
		const own = contact[key];
		switch (key) {
			case 'phone_number': return isSamePhone(value, own) ? [] : [[key, value]];
			case 'email': return String(value).toLowerCase() === String(own ?? '').toLowerCase() ? [] : [[key, value]];
			case 'additional_attributes': return filled(key, valuesToChange(merged(objectOrEmpty(value), objectOrEmpty(own)), own));
			case 'custom_attributes': return filled(key, valuesToChange(objectOrEmpty(value), own));
			default: return isSameJson(value, own) ? [] : [[key, value]];
		}
	}));
}

function filled(key: string, values: IDataObject): Array<[string, IDataObject]> {
	return Object.keys(values).length ? [[key, values]] : [];
}

/** The server merges one level deep, so what is deeper (social profiles) is joined here. */
function merged(wanted: IDataObject, own: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(wanted).map(([key, value]) => {
		const below = objectOrEmpty(value);
		return [key, Object.keys(below).length ? { ...objectOrEmpty(own[key]), ...below } : value];
	}));
}

/** Whether a body has something below its second level, which can only be written when the contact is known. */
export function needsContact(body: IDataObject): boolean {
	return Object.values(objectOrEmpty(body.additional_attributes)).some((value) => Object.keys(objectOrEmpty(value)).length > 0);
}
