import type { INodeProperties } from 'n8n-workflow';

import { askedAgain } from './labels';
import { agentLocator, locatorAs, teamLocator } from './locators';

/** Several people of the account. */
export const agentsField: INodeProperties = {
	displayName: 'Agent Names or IDs',
	name: 'agentIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'agentIds', loadOptionsDependsOn: askedAgain },
	default: [],
	required: true,
	description: 'The people. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** The agent of a conversation, where it may be left empty. */
export const optionalAgent: INodeProperties = locatorAs(agentLocator, { displayName: 'Assignee', name: 'assigneeId', description: 'The agent who gets the conversation', optional: true });

/** The team of a conversation, where it may be left empty. */
export const optionalTeam: INodeProperties = locatorAs(teamLocator, { description: 'The team that gets the conversation', optional: true });
