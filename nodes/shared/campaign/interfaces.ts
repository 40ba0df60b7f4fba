import type { IDataObject } from 'n8n-workflow';

import type { CommonContact } from '../contact/contact';
import type { OnceTiming, OncePlace } from '../message/once';
import type { Place } from '../operation/lostWrites';
import type { SendingHours } from './hours';

/** How fast, when, and until when a campaign goes on. The same for all items of one campaign. */
export interface CampaignRules {
	name: string;
	dryRun: boolean;
	/** Undefined for as fast as the service answers. */
	perMinute?: number;
	chunk?: { size: number; pause: number };
	hours?: SendingHours;
	whenClosed: 'stop' | 'wait';
	/** Share of failures, 0..1, that stops the campaign once `after` messages are known. */
	failures?: { share: number; after: number };
	/** Failures one after the other that stop the campaign. */
	failuresInRow?: number;
	/** Tag that marks who was written to, and is read before writing. */
	markTag?: string;
	/** Who has one of these tags gets nothing. */
	leaveOutTags: string[];
	/** Milliseconds after the last message that the campaign waits to see what became of them. */
	waitForDelivery: number;
	/** Undefined when the person has turned Send Only Once off. */
	once?: OnceTiming;
	/** As given: phones, or rows of earlier runs. */
	skip: unknown;
	/** Whether a long list may name nobody of the campaign. */
	skipMayMatchNobody: boolean;
}

export interface Recipient {
	e164: string;
	/** As the item or the contact has it. */
	name?: string;
	optedIn: boolean;
	/** What came in with the item; null for recipients by tags. */
	input: IDataObject | null;
}

export type CampaignStatus = 'delivered' | 'dryRun' | 'failed' | 'notSent' | 'queued' | 'read' | 'sent' | 'skipped' | 'unsure';

/** What the node says of each recipient. */
export interface CampaignRow extends IDataObject {
	campaign: string;
	phone: string | null;
	name: string | null;
	status: CampaignStatus;
	reason: string | null;
	messageId: string | null;
	text: string | null;
	/** ISO 8601, UTC. */
	at: string;
	/** The item that came in, with its own names. */
	input: IDataObject | null;
}

/** What a vendor's answer to a message means. */
export type Sent =
	/** The vendor has taken the message. */
	| { is: 'queued'; id: string; note?: string }
	/** The vendor had a message of this key and person before, and has not taken another. */
	| { is: 'repeated' }
	/** Not sent to this person; others may be. */
	| { is: 'refused'; reason: string }
	/** Not sent, and nobody else's would be. */
	| { is: 'stop'; reason: string }
	| { is: 'unsure'; reason: string };

/** How a tag is put on a contact, or taken off; gives where the tags can be looked at once more. */
export type Mark = (tag: string, on: boolean) => Promise<Place | undefined>;

/** What became of a message. */
export interface Outcome {
	status: 'delivered' | 'failed' | 'queued' | 'read' | 'sent';
	reason: string | null;
}

/** A contact as a campaign sees it. */
export interface Known {
	id: string;
	contact: CommonContact;
	blocked: boolean;
}

/** One person at the vendor: what is read, claimed and sent. */
export interface Addressee<Message> extends OncePlace {
	/** The contact as read last; undefined when there is none, or when nobody has looked. */
	known?: Known;
	/** Reads the contact again, tags included. A claim's `read` does the same. */
	look(): Promise<void>;
	/**
	 * Sends. Never throws for an answer of the vendor.
	 *
	 * @param deadline moment after which the message may not leave
	 * @throws an error that is marked when the message surely did not leave
	 */
	send(message: Message, deadline?: number): Promise<Sent>;
	mark?: Mark;
}

/** What does not fit between a message and what is to go into it. */
export interface MessageProblem {
	/** Name of the node's field. */
	field: string;
	what: string;
	advice: string;
	/** Whether it is about the message itself, whoever gets it. */
	forAll: boolean;
	/** Whether a variable of the template has no value. */
	isMissing?: boolean;
}

/**
 * What a vendor does for a campaign that n8n sends. All else is the campaign's.
 *
 * @typeParam Message what the vendor's own fields say: channel, template and values
 */
export interface CampaignSender<Message> {
	/** As the vendor is called. */
	service: string;
	/** Tells accounts apart, for locks. */
	account: string;
	/** Which promise holds: see docs/once.md. `key`: the vendor takes a key once; `claims`; `messages`: only the messages tell. */
	promise: 'claims' | 'key' | 'messages';
	/**
	 * Looks at the account before the first message.
	 *
	 * @throws NodeApiError when the campaign cannot be sent
	 */
	prepare?(): Promise<void>;
	/** The account's tags, at least those that are meant by these names; missing where the vendor gives contacts none. */
	tags?(names: string[]): Promise<string[]>;
	/** Whether a tag that nobody has may exist all the same. */
	hidesTags?: boolean;
	/** All contacts with tags. */
	recipients?(tags: string[], match: 'all' | 'any', message: Message): Promise<Known[]>;
	/** What is wrong with a message, before it is sent. */
	check(message: Message): Promise<MessageProblem | undefined>;
	/** The message's text as the person reads it; after {@link check}. */
	text(message: Message): Promise<string>;
	/** The texts of a message with what a contact fills in. */
	fill(message: Message, replace: (text: string) => string): Message;
	/** One person. `campaign` is the campaign's key, `tags` whether its tags are needed. */
	addressee(recipient: Recipient, message: Message, text: string, details: { campaign: string; tags: boolean }): Addressee<Message>;
	outcome?(messageId: string): Promise<Outcome>;
	/** Whether the vendor tells no more than that a message has left. */
	endsAtSent?: boolean;
}
