import type { Resource } from '../../shared/operation';
import type { KinboxClient } from '../client';
import { campaign } from './campaign';
import { channel } from './channel';
import { contact } from './contact';
import { customField } from './customField';
import { deal } from './deal';
import { message } from './message';
import { pipeline } from './pipeline';
import { product } from './product';
import { session } from './session';
import { tag } from './tag';

export const resources: Array<Resource<KinboxClient>> = [
	campaign,
	channel,
	contact,
	customField,
	deal,
	message,
	pipeline,
	product,
	session,
	tag,
];
