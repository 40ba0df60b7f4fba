import { readPhoneList } from '../contact/phoneList';
import type { HttpClient } from '../http/httpClient';
import type { Item } from '../operation/item';
import { phoneKey } from '../phone/compare';
import type { DefaultCountry } from '../phone/phone';

/** The keys of the people of *Already Written To*. */
export function readSkipped(skip: unknown, country: DefaultCountry, item: Item): Set<string> {
	if (skip === undefined || skip === null) return new Set();
	const list = readPhoneList(skip, country);
	if ('problem' in list) throw item.refuseLabel('Already Written To', list.problem, 'Give a list of phones with country code, or the output of an earlier run. Nothing was sent.');
	return list.keys;
}

/** A list of so many people ought to name one of the campaign's. */
const longList = 10;

/** A long list that names nobody of the campaign is likely to be another list, or written for another country: it would protect nobody. */
export function checkSkipped(skip: Set<string>, mayMatchNobody: boolean, phones: string[], item: Item, http: HttpClient): void {
	if (skip.size === 0 || phones.some((e164) => skip.has(phoneKey(e164)))) return;
	const what = `names ${skip.size} ${skip.size === 1 ? 'person' : 'people'}, and none of them is a recipient`;
	if (skip.size >= longList && !mayMatchNobody) {
		throw item.refuseLabel('Already Written To', what, "Check that it is the list of this campaign, and that its phones have their country code. When it is right all the same, turn on 'Already Written To May Match Nobody' under Safety. Nothing was sent.");
	}
	http.notices.add(`'Already Written To' ${what}.`);
}
