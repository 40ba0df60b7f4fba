import { sleep } from 'n8n-workflow';

/** Long pauses are slept in slices, so that no timer outlives a cancelled execution for long. */
const slice = 500;

/** Waits; returns early, without an error, when the execution is cancelled. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !signal?.aborted; left = end - Date.now()) {
		await sleep(Math.min(left, slice));
	}
}
