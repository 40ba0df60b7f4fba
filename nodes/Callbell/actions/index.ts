import type { Resource } from '../../shared/operation';
import type { CallbellClient } from '../client';
import { channel } from './channel';
import { contact } from './contact';

export const resources: Array<Resource<CallbellClient>> = [
	channel,
	contact,
];
