import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { listSearch, loadOptions } from '../../harness/engine';
import { addDocument } from '../../sandbox/kinbox/records';
import { credentials, credentialValues, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
const state = () => kinbox.sandbox.kinbox.state;
const now = () => kinbox.sandbox.clock.now();

it('lists to pick from', async () => {
	const values = credentialValues(kinbox.sandbox);
	const options = { credentials, credentialValues: values };
	addDocument(state(), 'dashboards', { name: 'Vendas' }, now());
	addDocument(state(), 'webhooks', { url: 'https://example.com/hook', events: ['session:new'] }, now());
	const names = async (method: string) => (await listSearch(Kinbox, method, options)).results.map(({ name }) => name);
	expect(await names('searchGroups')).toEqual(['Vendas', 'Suporte']);
	expect(await names('searchOperators')).toEqual(['Marina Duarte', 'Caio Nogueira', 'Inês Ferreira']);
	expect(await names('searchDashboards')).toEqual(['Vendas']);
	expect(await names('searchWebhooks')).toEqual(['https://example.com/hook · session:new']);
	expect(await names('searchScenarios')).toEqual([]);
	expect(await names('searchQuickPhrases')).toEqual([]);
	expect((await loadOptions(Kinbox, 'getGroups', options)).map(({ value }) => value)).toEqual(['10', '11']);
	const v1 = { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi } } };
	await expect(listSearch(Kinbox, 'searchOperators', v1)).rejects.toThrow('The list of operators needs the Token V3');
});
