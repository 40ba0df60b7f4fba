/** Why WhatsApp refused a message, for people. */
export interface Failure {
	/** WhatsApp's code; null when the reason names none. */
	code: number | null;
	/** In plain words; the vendor's own where the code is not known. */
	reason: string;
	/** What to do. */
	advice: string;
}

const sync = 'Synchronise the templates of the channel, then look at the variables in the node again: the template was changed at WhatsApp.';
const connection = 'Connect the channel to WhatsApp again; nothing goes out until then.';

/** Source: Meta, "WhatsApp Cloud API: Error Codes". */
const failures: Record<number, [reason: string, advice: string]> = {
	0: ['WhatsApp did not accept the connection of the channel', connection],
	3: ['The channel has no right to send through WhatsApp', connection],
	10: ['The channel has no right to send through WhatsApp', connection],
	100: ['WhatsApp did not accept a value of the message', 'Look at the text, the addresses and the variables of the message.'],
	190: ['The connection of the channel to WhatsApp has run out', connection],
	368: ['WhatsApp has blocked the business number for breaking its rules', "Look at the account's quality in WhatsApp Manager; nothing goes out until the block is over."],
	470: ['The customer has not written for more than 24 hours', 'Send a template; free text goes out within 24 hours after the last message of the customer only.'],
	80007: ['WhatsApp gets too many messages from this account', 'Send more slowly.'],
	130429: ['WhatsApp gets too many messages from this number', 'Send more slowly.'],
	130472: ['WhatsApp has left this customer out of marketing messages (experiment)', 'Do not send again; write when the customer has written first.'],
	131000: ['WhatsApp could not send the message', 'Try again later.'],
	131005: ['The channel has no right to send through WhatsApp', connection],
	131008: ['A value of the message is missing', 'Fill in all variables of the template.'],
	131009: ['WhatsApp did not accept a value of the message', 'Look at the lengths of texts, options and titles.'],
	131016: ['WhatsApp is overloaded', 'Try again later.'],
	131021: ['The message goes to the number that sends it', 'Choose another recipient.'],
	131026: ['The message cannot be delivered: the number has no WhatsApp, or an old version of it', 'Check the number; do not send again to it as it is.'],
	131031: ['WhatsApp has locked the business account', 'Look at the account in WhatsApp Manager.'],
	131042: ['WhatsApp has no means of payment for the account', 'Add a means of payment in WhatsApp Manager.'],
	131045: ['The number is not registered at WhatsApp', connection],
	131047: ['The customer has not written for more than 24 hours', 'Send a template; free text goes out within 24 hours after the last message of the customer only.'],
	131048: ['WhatsApp holds messages of this number back because too many were reported or blocked', "Look at the number's quality in WhatsApp Manager, and send to fewer people."],
	131049: ['WhatsApp has not delivered it, because this customer got enough marketing messages lately', 'Wait some days; sending again at once does not help.'],
	131050: ['The customer has switched off marketing messages of this business', 'Send no more marketing to this customer.'],
	131051: ['WhatsApp does not know this kind of message', 'Send a text, an image, a video, an audio file, a document or a template.'],
	131052: ['WhatsApp could not load a file that the customer has sent', 'Ask the customer to send it again.'],
	131053: ['WhatsApp could not load the file', 'The address must be public; images are JPEG or PNG, videos MP4, audio AAC, AMR, MP3, M4A or OGG.'],
	131056: ['Too many messages to this customer in a short time', 'Wait a minute before the next one to the same customer.'],
	131057: ['The account is under maintenance at WhatsApp', 'Try again later.'],
	132000: ['The number of values does not fit the template', sync],
	132001: ['WhatsApp does not know the template in this language', 'It was deleted or not approved yet. Synchronise the templates of the channel, and pick it again.'],
	132005: ['The text of the template is too long with its values', 'Shorten the values.'],
	132007: ['The text of the template breaks a rule of WhatsApp', 'Look at the template in WhatsApp Manager.'],
	132012: ['A value does not fit the kind that the template wants', sync],
	132015: ['WhatsApp has paused the template because customers did not like it', 'Change the template, or use another one.'],
	132016: ['WhatsApp has switched the template off for good', 'Use another template.'],
	132018: ['A value of the template has line breaks, tabs or many blanks in it, or belongs to another button', sync],
	132068: ['The flow of the template is blocked', 'Repair the flow in WhatsApp Manager.'],
	133010: ['The number of the channel is not registered at WhatsApp', connection],
	134011: ['WhatsApp payments need an agreement first', 'Look at the account in WhatsApp Manager.'],
	135000: ['WhatsApp did not accept the message', 'Look at the values of the message.'],
};

/** Whether a number is a code of WhatsApp's that {@link explainFailure} explains. */
export const isKnownCode = (code: number) => Object.hasOwn(failures, code);

/** Reasons that vendors give in words alone. */
const words: Array<[RegExp, number]> = [
	[/24 hours|re-?engagement|outside (?:of )?(?:the )?(?:allowed |(?:24.hour )?(?:customer )?(?:service|messaging|session) )?window/i, 131047],
	[/undeliverable|not.{0,20}(?:a |on )whatsapp|unregistered number/i, 131026],
	[/media upload/i, 131053],
	[/access token|oauth/i, 190],
	[/template name does not exist|template not found|invalid template name/i, 132001],
];

/**
 * What a vendor's reason of a failed message means.
 *
 * @param reason as the vendor gives it: "(#132000) Number of parameters …", "131047: Re-engagement message", or words
 */
export function explainFailure(reason: string | null | undefined): Failure {
	const text = reason?.trim() ?? '';
	const given = /\(#(\d{1,6})\)|^(\d{1,6})\s?:|\bcode["':= ]{1,4}(\d{1,6})\b|\b(1[23]\d{4})\b/i.exec(text);
	const number = given ? Number(given[1] ?? given[2] ?? given[3] ?? given[4]) : undefined;
	const code = number !== undefined && failures[number] ? number : (words.find(([pattern]) => pattern.test(text))?.[1] ?? number);
	const known = code === undefined ? undefined : failures[code];
	if (!known) return { code: code ?? null, reason: text || 'The channel gave no reason', advice: 'Look at the message in the conversation.' };
	return { code: code!, reason: known[0], advice: known[1] };
}
