import type { Resource } from '../../shared/operation/operation';
import type { KinboxClient } from '../transport/client';
import { businessHours } from './businessHours';
import { campaign } from './campaign';
import { channel } from './channel';
import { contact } from './contact';
import { customField } from './customField';
import { dashboard } from './dashboard';
import { deal } from './deal';
import { group } from './group';
import { message } from './message';
import { operator } from './operator';
import { pipeline } from './pipeline';
import { product } from './product';
import { quickPhrase } from './quickPhrase';
import { report } from './report';
import { scenario } from './scenario';
import { conversation } from './conversation';
import { tag } from './tag';
import { task } from './task';
import { webhook } from './webhook';
import { workspace } from './workspace';

export const resources: Array<Resource<KinboxClient>> = [
	businessHours,
	campaign,
	channel,
	contact,
	customField,
	dashboard,
	deal,
	group,
	message,
	operator,
	pipeline,
	product,
	quickPhrase,
	report,
	scenario,
	conversation,
	tag,
	task,
	webhook,
	workspace,
];
