import type { IDataObject } from 'n8n-workflow';

/** Body of "Create Contact" and "Update Contact" as Kinbox's own pages print it, placeholders included. */
export const contactDocument: IDataObject = {
	_id: '<string>',
	customFields: {},
	name: '<string>',
	email: '<string>',
	externalId: '<string>',
	origin: '<string>',
	phone: '<string>',
	location: '<string>',
	avatar: '<string>',
	facebookId: '<string>',
	instagramId: '<string>',
	telegramId: '<string>',
	notes: '<string>',
	isImported: true,
	hasConversation: true,
	newContact: true,
	crmData: {},
	CustomerCustomField: {},
	isPrivate: true,
};

/** Body of "Create Campaign" as Kinbox's own page prints it. */
export const campaignDocument: IDataObject = {
	name: '<string>',
	channelId: '<string>',
	operatorName: '<string>',
	businessHoursId: '<string>',
	channelType: '1',
	leadType: 'lead',
	scheduledTo: '<string>',
	originalScheduledTo: '<string>',
	finishedAtPrediction: '<string>',
	leadsAssetUrl: '<string>',
	message: '<string>',
	textRaw: '<string>',
	assetsUrls: ['<string>'],
	chunksCount: 123,
	secondsBetweenMessages: 123,
	secondsBetweenChunks: 123,
	chunkSize: 123,
	template: {},
};

/** Key to kind of value, for comparing a body that was sent with a document. */
export function kinds(body: unknown): Record<string, string> {
	return Object.fromEntries(
		Object.entries(body as IDataObject)
			.map(([key, value]) => [key, Array.isArray(value) ? `list of ${typeof value[0]}` : typeof value] as const)
			.sort(([a], [b]) => a.localeCompare(b)),
	);
}
