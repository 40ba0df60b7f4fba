import type { Resource } from '../../shared/operation';
import type { KinboxClient } from '../client';
import { campaign } from './campaign';
import { channel } from './channel';
import { contact } from './contact';
import { customField } from './customField';
import { message } from './message';
import { session } from './session';
import { tag } from './tag';

export const resources: Array<Resource<KinboxClient>> = [
	campaign,
	channel,
	contact,
	customField,
	message,
	session,
	tag,
];
