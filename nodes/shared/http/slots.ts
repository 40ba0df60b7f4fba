/** Lets only so many do something at the same time; the others wait in their order. The number may change meanwhile. */
export class Slots {
	private taken = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly count: () => number) {}

	/** @param doing what is done; gets how many do something at that moment, itself included */
	async hold<Result>(doing: (underWay: number) => Promise<Result>): Promise<Result> {
		if (this.waiting.length === 0 && this.taken < this.count()) this.taken += 1;
		else await new Promise<void>((resolve) => { this.waiting.push(resolve); });
		try {
			return await doing(this.taken);
		} finally {
			this.taken -= 1;
			// Whoever waits takes the place over.
			while (this.waiting.length > 0 && this.taken < this.count()) {
				this.taken += 1;
				this.waiting.shift()!();
			}
		}
	}
}
