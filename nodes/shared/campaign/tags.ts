import type { Item } from '../operation/item';
import { findByName, foldName } from '../values/names';
import type { CampaignRules, Known } from './interfaces';

/** Tags by the names that the account has for them: one that nobody has protects nobody, so it stops the campaign. */
export function tagsNamed(known: string[], tags: string[], label: string, service: string, item: Item): string[] {
	return tags.map((tag) => {
		const found = findByName(known, tag, (name) => [name]);
		if (found === undefined) throw item.refuseLabel(label, `has '${tag}', a tag that nobody has in ${service}`, 'Check how it is written there. Nothing was sent.');
		return found;
	});
}

/** Why a contact gets nothing; undefined when nothing keeps it out. */
export function leaveOutReason(known: Known | undefined, { leaveOutTags, markTag }: Pick<CampaignRules, 'leaveOutTags'> & Partial<Pick<CampaignRules, 'markTag'>>, service: string): string | undefined {
	if (!known) return undefined;
	const own = new Map(known.contact.tags.map((tag) => [foldName(tag), tag]));
	const leftOut = leaveOutTags.map((tag) => own.get(foldName(tag))).find((tag) => tag !== undefined);
	if (leftOut !== undefined) return `Has the tag '${leftOut}'`;
	if (markTag !== undefined && own.has(foldName(markTag))) return `Has the tag '${markTag}' already`;
	return known.blocked ? `Is blocked in ${service}` : undefined;
}
