/** Milliseconds of processor time that this process has used: unlike a clock, it does not count what other processes take. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
