import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Bench, OperationOptions } from '../support';

/** Runs with the token of an agent, who is no administrator. */
export const asAgent = ({ sandbox }: Bench): OperationOptions => ({ credential: { chatwootAccessTokenApi: { accessToken: sandbox.chatwoot.tokens.agent } } });

/** Runs with the token of an agent bot. */
export const asBot = ({ sandbox }: Bench): OperationOptions => ({ credential: { chatwootAccessTokenApi: { accessToken: sandbox.chatwoot.tokens.bot } } });

/** A resource mapper as the editor stores it. */
export const mapped = (value: INodeParameters, schema: INodeParameters[] = []): INodeParameters => ({ mappingMode: 'defineBelow', value, schema });

interface Expectations {
	/** Parameters with which the operation succeeds. */
	good: () => IDataObject;
	/** Parameters that name a record which does not exist. */
	unknown?: IDataObject;
	/** Parameters that are refused before anything is sent, with the message. */
	bad?: Array<[what: string, fields: IDataObject, message: RegExp]>;
	adminOnly?: boolean;
	/** Statement of what the person reads when the record does not exist. */
	unknownMessage?: RegExp;
}

/**
 * The failures that every operation has: wrong token, role too low, unknown record, bad input, and
 * "continue on fail" that carries on with the next item and links each output to its input.
 */
export function describeFailures(bench: Bench, resource: string, operation: string, { good, unknown, bad = [], adminOnly, unknownMessage }: Expectations): void {
	describe(`${resource}: ${operation}: failures`, () => {
		const run = async (fields: IDataObject, options: OperationOptions = {}) => await bench.run(resource, operation, fields as INodeParameters, { skipSchema: true, ...options });

		it('tells a wrong token from everything else', async () => {
			const fields = good();
			const { error } = await run(fields, { credential: { chatwootAccessTokenApi: { accessToken: 'wrong-token-of-nobody' } } });
			expect(error?.message).toBe('Chatwoot did not accept the access token of the credential [item 0]');
			expect(error?.description).toContain('Profile settings');
		});

		if (adminOnly) {
			it('says that an agent may not do it, and not that the token is wrong', async () => {
				const fields = good();
				const { error } = await run(fields, asAgent(bench));
				expect(error?.message).toBe('The access token is valid, but its owner may not do this in Chatwoot [item 0]');
				expect(error?.description).toContain('Administrator');
			});
		}

		if (unknown) {
			it('says that the record is not known', async () => {
				const { error } = await run({ ...good(), ...unknown });
				expect(error?.message).toMatch(unknownMessage ?? /^'[\w ]+' \S+ is not in [a-z]+ \S+ \[item 0\]$/);
			});

			it('continues with the next item', async () => {
				const fields = good();
				const [[key, missing] = ['', '']] = Object.entries(unknown);
				const result = await run({ ...fields, [key]: '={{ $json.wanted }}' }, { items: [{ wanted: missing }, { wanted: fields[key] }] as IDataObject[], continueOnFail: true });
				expect(result.status).toBe('success');
				expect(result.first[0]?.json).toMatchObject({ error: expect.stringContaining('[item 0]') });
				expect(result.first[0]?.pairedItem).toEqual({ item: 0 });
				for (const item of result.first.slice(1)) {
					expect(item.pairedItem).toEqual({ item: 1 });
					expect(item.json).not.toHaveProperty('error');
				}
			});
		}

		if (bad.length) it.each(bad)('refuses %s before sending', async (_what, fields, message) => {
			const base = good();
			bench.sandbox.requests.length = 0;
			const { error, requests } = await run({ ...base, ...fields });
			expect(error?.message).toMatch(message);
			expect(error?.description).toBeTruthy();
			expect(requests).toEqual([]);
		});
	});
}
