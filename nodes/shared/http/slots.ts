/** Lets only so many do something at the same time; the others wait in their order. */
export class Slots {
	private taken = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly count: number) {}

	async hold<Result>(doing: () => Promise<Result>): Promise<Result> {
		if (this.taken < this.count) this.taken += 1;
		else await new Promise<void>((resolve) => { this.waiting.push(resolve); });
		try {
			return await doing();
		} finally {
			const next = this.waiting.shift();
			// Whoever waits takes the place over.
			if (next) next();
			else this.taken -= 1;
		}
	}
}
