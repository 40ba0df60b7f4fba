import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { all } from './all.operation';
import { articles } from './articles.operation';
import { contacts } from './contacts.operation';
import { conversations } from './conversations.operation';
import { messages } from './messages.operation';

export const search: Resource<ChatwootClient> = {
	option: { name: 'Search', value: 'search', description: 'Find records by a text, as the search of the dashboard does' },
	operations: [
		all,
		articles,
		contacts,
		conversations,
		messages,
	],
};
