import type { Resource } from '../../shared/operation';
import type { ChatwootClient } from '../client';
import { contact } from './contact';
import { inbox } from './inbox';
import { label } from './label';

export const resources: Array<Resource<ChatwootClient>> = [
	contact,
	inbox,
	label,
];
