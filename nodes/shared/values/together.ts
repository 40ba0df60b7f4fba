interface Waiting<Key, Answer> {
	key: Key;
	resolve(answer: Answer): void;
	reject(error: unknown): void;
}

/**
 * Puts questions that are asked at the same time together into one. A question leaves after it was asked, never before:
 * an answer is as new as if it had been asked alone. While one is under way, the next ones gather.
 *
 * @example
 * const contacts = new Together(async (phones: string[]) => await findAll(phones), 30);
 * await Promise.all([contacts.ask('+551199'), contacts.ask('+551188')]); // one request
 */
export class Together<Key, Answer> {
	private waiting: Array<Waiting<Key, Answer>> = [];
	private isUnderWay = false;

	/**
	 * @param askAll answers all keys, in their order
	 * @param atMost keys in one question
	 */
	constructor(private readonly askAll: (keys: Key[]) => Promise<Answer[]>, private readonly atMost: number) {}

	async ask(key: Key): Promise<Answer> {
		const answer = new Promise<Answer>((resolve, reject) => this.waiting.push({ key, resolve, reject }));
		void this.work();
		return await answer;
	}

	private async work(): Promise<void> {
		if (this.isUnderWay) return;
		this.isUnderWay = true;
		// All who ask in the same breath come along.
		await Promise.resolve();
		while (this.waiting.length > 0) await this.answer(this.waiting.splice(0, this.atMost));
		this.isUnderWay = false;
	}

	private async answer(asked: Array<Waiting<Key, Answer>>): Promise<void> {
		try {
			const answers = await this.askAll(asked.map(({ key }) => key));
			for (const [index, { resolve }] of asked.entries()) resolve(answers[index]!);
		} catch (error) {
			const [first] = asked;
			if (asked.length === 1) return first!.reject(error);
			// One may be to blame, and the others are not to suffer for it.
			for (const one of asked) await this.answer([one]);
		}
	}
}
