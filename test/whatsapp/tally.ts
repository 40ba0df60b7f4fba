/** What was sent, and what went wrong with it; told in the run's last line. */
const tally = { sends: 0, refusedLater: [] as string[], rightRefused: [] as string[], wrongTaken: [] as string[] };

/** What became of one send. */
export interface Fate {
  /** The node's refusal; undefined when it has taken the message. */
  refusal?: string;
  /** What WhatsApp said, or that the message never came there; undefined when it has it. */
  verdict?: string;
}

/**
 * Counts one send.
 *
 * @param what vendor, kind and value
 * @param isRight whether WhatsApp would take it and the customer would read what is meant
 */
export function count(what: string, isRight: boolean, { refusal, verdict }: Fate): void {
  tally.sends += 1;
  if (refusal === undefined && verdict !== undefined) tally.refusedLater.push(`${what}: ${verdict}`);
  else if (refusal !== undefined && isRight) tally.rightRefused.push(`${what}: ${refusal}`);
  else if (refusal === undefined && !isRight) tally.wrongTaken.push(what);
}

export const summary = () => `${tally.sends} sends, ${tally.refusedLater.length} refused by WhatsApp after the node had taken them, ${tally.rightRefused.length} right ones refused`;

export const faults = () => ({ refusedLater: tally.refusedLater, rightRefused: tally.rightRefused, wrongTaken: tally.wrongTaken });
