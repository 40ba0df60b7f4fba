import type { Bench, OperationOptions } from '../support';

/** Runs with the API token (v1) instead of the Token V3. */
export const apiToken = ({ sandbox }: Bench): OperationOptions => ({
	credential: { kinboxApi: { generation: 'v1', token: sandbox.kinbox.tokens.api } },
});
