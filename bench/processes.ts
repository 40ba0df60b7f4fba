import { fork, type ChildProcess } from 'node:child_process';

/** A child process that does one thing at a time and answers over IPC. */
export class Helper<Order, Reply> {
  private readonly child: ChildProcess;
  private ended?: string;

  constructor(script: string, execArgv: string[]) {
    this.child = fork(script, [], { execArgv, serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.child.on('exit', (code, signal) => { this.ended = `ended with ${signal ?? code}`; });
  }

  async ask<Expected extends Reply>(order: Order, timeoutMs = 600_000): Promise<Expected> {
    if (this.ended !== undefined) throw new Error(`A process of the benchmark ${this.ended}`);
    const { child } = this;
    return await new Promise<Expected>((resolve, reject) => {
      const timer = setTimeout(() => done(() => reject(new Error(`No answer within ${timeoutMs / 1000} s`))), timeoutMs);
      const onMessage = (message: { result?: Expected; error?: string }) =>
        done(() => (message.error === undefined ? resolve(message.result as Expected) : reject(new Error(message.error))));
      const onExit = (code: number | null, signal: string | null) => done(() => reject(new Error(`A process of the benchmark ended with ${signal ?? code}`)));
      const done = (settle: () => void) => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit);
        settle();
      };
      child.on('message', onMessage).on('exit', onExit);
      child.send(order as object);
    });
  }

  /** Lets the process end by itself, so that it can write its profile; after five seconds it is killed. */
  async stop(): Promise<void> {
    if (this.ended !== undefined) return;
    const ended = new Promise<void>((resolve) => { this.child.once('exit', () => resolve()); });
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    if (this.child.connected) this.child.disconnect();
    await ended;
    clearTimeout(timer);
  }
}
