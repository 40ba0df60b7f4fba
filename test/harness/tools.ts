/**
 * Our nodes as tools of an AI agent: the tool type that n8n's server makes of a node with `usableAsTool`
 * (`tool-generation/ai-tools`), the expression that the editor writes when a field is left to the model, the tool that
 * the engine then offers to a model, and calls of it.
 */
import { createNodeAsTool } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';
import { NodeHelpers, deepCopy } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { runWorkflow, type EngineOptions, type WorkflowResult } from './engine';

/** What a model is told of a tool. */
export interface OfferedTool {
  name: string;
  description: string;
  /** Names of the arguments, and whether the tool takes a value for each. */
  argumentNames: string[];
  accepts(values: Record<string, unknown>): boolean;
}

/** The `<name>Tool` that n8n's server makes of a node. */
export function toolType(node: INodeType): INodeType {
  const description = deepCopy(node.description);
  description.name += 'Tool';
  description.displayName += ' Tool';
  description.inputs = [];
  description.outputs = ['ai_tool'];
  delete description.usableAsTool;
  description.properties.unshift(
    {
      displayName: 'Tool Description', name: 'descriptionType', type: 'options', noDataExpression: true, default: 'auto',
      options: [{ name: 'Set Automatically', value: 'auto' }, { name: 'Set Manually', value: 'manual' }],
    },
    {
      displayName: 'Description', name: 'toolDescription', type: 'string', default: description.description, required: true,
      displayOptions: { show: { descriptionType: ['manual'] } },
    },
  );
  description.codex = { categories: ['AI'], subcategories: { AI: ['Tools'], Tools: ['Other Tools'] }, resources: {} };
  return Object.assign(Object.create(Object.getPrototypeOf(node) as object) as INodeType, node, { description });
}

const modelTypes: Record<string, string> = { boolean: 'boolean', number: 'number', json: 'json' };

/** Whether the editor has the button that leaves a field to the model (`canBeContentOverride`). */
export function canBeLeftToModel({ name, type, noDataExpression }: INodeProperties): boolean {
  if (['description', 'toolDescription', 'toolName'].includes(name)) return false;
  return noDataExpression !== true && !['button', 'callout', 'collection', 'credentialsSelect', 'fixedCollection', 'hidden', 'notice', 'options'].includes(type);
}

/** What the model sees of a field: its label, in the letters that a key may have. */
export const modelKey = ({ displayName }: INodeProperties): string => displayName.slice(0, 63).replace(/[^a-zA-Z0-9-]/g, '_');

/** The value of a field that is left to the model, as the editor writes it. */
export function leftToModel(property: INodeProperties): INodeParameters[string] {
  const expression = `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${modelKey(property)}', \`\`, '${modelTypes[property.type] ?? 'string'}') }}`;
  return property.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: expression } : expression;
}

/** The fields of an operation that a person sees when nothing is filled in. */
export function visibleFields(type: INodeType, parameters: INodeParameters): INodeProperties[] {
  const { description } = type;
  const node = { typeVersion: description.version as number };
  const values = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
  return description.properties.filter((property) => !['resource', 'operation', 'descriptionType'].includes(property.name) && NodeHelpers.displayParameter(values, property, node, description));
}

/**
 * The tool that the engine offers to a model for a node with these parameters.
 *
 * @throws NodeOperationError when n8n cannot make one, e.g. of two fields with the same key
 */
export function toolOf(type: INodeType, name: string, parameters: INodeParameters): OfferedTool {
  const node: INode = { id: 'tool', name, type: type.description.name, typeVersion: 1, position: [0, 0], parameters };
  const { response: tool } = createNodeAsTool({ node, nodeType: type, handleToolInvocation: async () => await Promise.resolve('') });
  return {
    name: tool.name,
    description: tool.description,
    argumentNames: Object.keys(tool.schema.shape),
    accepts: (values) => tool.schema.safeParse(values).success,
  };
}

/** A call that a model makes, and the answer or the error that it gets. */
export interface ToolCall {
  tool: string;
  arguments: IDataObject;
}
export interface ToolAnswer {
  /** Parsed; a list with one entry for each item. */
  answer?: IDataObject[];
  error?: string;
}

/** Stands in for n8n's agent: makes the calls in its parameter, one after the other, through the engine. */
class ToolCaller implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Tool Caller', name: 'toolCaller', group: ['transform'], version: 1, description: 'Calls tools', defaults: { name: 'Tool Caller' },
    inputs: ['main', { type: 'ai_tool', displayName: 'Tool' }], outputs: ['main'],
    properties: [{ displayName: 'Calls', name: 'calls', type: 'json', default: '[]' }],
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const calls = this.getNodeParameter('calls', 0) as unknown as ToolCall[];
    const tools = (await this.getInputConnectionData('ai_tool', 0)) as Array<{ name: string; invoke(values: IDataObject): Promise<string> }>;
    const answers: ToolAnswer[] = [];
    for (const { tool, arguments: values } of calls) {
      const found = tools.find(({ name }) => name === tool);
      if (!found) throw new Error(`There is no tool '${tool}'`);
      answers.push(await found.invoke(values).then((text) => ({ answer: JSON.parse(text) as IDataObject[] }), (error: Error) => ({ error: error.message })));
    }
    return [answers.map((answer) => ({ json: answer as IDataObject }))];
  }
}

/**
 * Calls tools through the engine, as an agent does.
 *
 * @param tools parameters of each tool node, by the node's name
 * @param credentialsOf credentials of the tool nodes, by type
 */
export async function callTools(node: INodeType, tools: Record<string, INodeParameters>, calls: ToolCall[], options: EngineOptions): Promise<{ answers: ToolAnswer[]; result: WorkflowResult }> {
  const type = toolType(node);
  const names = Object.keys(tools);
  const result = await runWorkflow(
    {
      nodes: [
        { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
        { name: 'Agent', type: 'toolCaller', typeVersion: 1, parameters: { calls: calls as unknown as INodeParameters[] } },
        ...names.map((name) => ({ name, type: type.description.name, typeVersion: 1, parameters: tools[name]! })),
      ],
      connections: {
        Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
        ...Object.fromEntries(names.map((name) => [name, { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] }])),
      },
    },
    { ...options, nodes: [type, new ToolCaller()], startNode: 'Start' },
  );
  return { answers: result.error ? [] : (result.json('Agent') as ToolAnswer[]), result };
}
