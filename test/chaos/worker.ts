/** One process that sends the campaigns of all vendors; test/chaos/run.ts starts several and kills them. Orders and rows go over IPC. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { credentials } from '../engine/support';
import { runNode, type AnyNodeType } from '../harness/engine';
import type { Vendor } from '../sandbox';

export interface ChaosOrder {
  credentialValues: Record<string, ICredentialDataDecryptedObject>;
  campaigns: Array<{ vendor: Vendor; fields: INodeParameters; people: IDataObject[] }>;
  /** Milliseconds by which the wall clock jumps to and fro. */
  jumps: number;
}

export type ChaosReply = { vendor: Vendor; rows: IDataObject[]; error?: string } | 'ready' | 'done';

const classes: Record<Vendor, string> = { callbell: 'Callbell', chatwoot: 'Chatwoot', kinbox: 'Kinbox' };
// With its ending: beside each node lies a JSON file of the same name.
const typeOf = async (name: string) => ((await import(`../../nodes/${name}/${name}.node.ts`)) as Record<string, AnyNodeType>)[name]!;
const tell = (reply: ChaosReply): void => { process.send!(reply); };

async function obey({ credentialValues, campaigns, jumps }: ChaosOrder): Promise<void> {
  const trueNow = Date.now.bind(Date);
  let ahead = 0;
  Date.now = () => trueNow() + ahead;
  const clock = setInterval(() => { ahead = Math.round((Math.random() * 2 - 1) * jumps); }, 200);
  await Promise.all(campaigns.map(async ({ vendor, fields, people }) => {
    // Each process begins with nothing stored, as after a crash or beside another worker.
    const { rows, error } = await runNode(await typeOf(classes[vendor]), { resource: 'campaign', operation: 'send', ...fields }, { credentials, credentialValues, items: people });
    tell({ vendor, rows, ...(error ? { error: `${error.message} ${error.description ?? ''}` } : {}) });
  }));
  clearInterval(clock);
  tell('done');
}

process.on('message', (order: ChaosOrder) => {
  obey(order).then(() => process.exit(0), (error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
tell('ready');
