import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { chatwoot, ChatwootClient } from '../../../nodes/Chatwoot/transport/client';
import type { Operation } from '../../../nodes/shared/operation/operation';
import { runItems } from '../../../nodes/shared/operation/runner';

/** The Chatwoot node with operations of a test in place of its own, below the resource "probe". */
export function probeNode(operations: Array<Operation<ChatwootClient>>): new () => INodeType {
  const plain = (name: string): INodeProperties => ({ displayName: name, name, type: 'string', default: '' });
  const fields = new Map(operations.flatMap(({ properties }) => properties.map((property) => [property.name, property])));
  return class Probe implements INodeType {
    description: INodeTypeDescription = {
      ...new Chatwoot().description,
      properties: [plain('resource'), plain('operation'), ...fields.values(), { displayName: 'Options', name: 'options', type: 'json', default: {} }],
    };

    async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
      return await runItems(this, {
        vendor: chatwoot,
        resources: [{ option: { name: 'Probe', value: 'probe' }, operations }],
        connect: async (context, settings) => await ChatwootClient.connect(context, settings),
      });
    }
  };
}
