import { sleep } from 'n8n-workflow';

/** Long pauses are slept in slices, so that no timer outlives a cancelled execution for long. */
const slice = 500;

/** Milliseconds that pass evenly, whatever becomes of the wall clock: for spans, not for dates. */
export function now(): number {
	return performance.now();
}

/** Waits; returns early, without an error, when the execution is cancelled. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = now() + milliseconds;
	for (let left = milliseconds; left > 0 && !signal?.aborted; left = end - now()) {
		await sleep(Math.min(left, slice));
	}
}
