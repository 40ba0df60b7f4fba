/** What was tried, and what went to somebody else than the person meant; told in the run's last line. */
const tally = { tried: 0, toSomebodyElse: [] as string[] };

/**
 * Counts one try.
 *
 * @param what was written, by whom it was meant
 * @param rightOrNobody whether it reached the person meant, or was refused
 */
export function count(what: string, rightOrNobody: boolean): void {
  tally.tried += 1;
  if (!rightOrNobody) tally.toSomebodyElse.push(what);
}

export const summary = () => `${tally.tried} tried, ${tally.toSomebodyElse.length} to somebody else`;

export const somebodyElse = () => tally.toSomebodyElse;
