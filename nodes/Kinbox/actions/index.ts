import type { Resource } from '../../shared/operation';
import type { KinboxClient } from '../client';
import { campaign } from './campaign';
import { contact } from './contact';
import { customField } from './customField';
import { tag } from './tag';

export const resources: Array<Resource<KinboxClient>> = [
	campaign,
	contact,
	customField,
	tag,
];
