import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { byId, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);

describe('channel: check WhatsApp number', () => {
	it('asks the channel, with the API Token', async () => {
		const result = await kinbox.run('channel', 'checkWhatsapp', { channelId: byId(103), phone: '={{ $json.phone }}' }, { items: [{ phone: '85 98888-7777' }, { phone: '85 98888-0000' }], ...apiToken(kinbox) });
		expect(result.error).toBeUndefined();
		expect(result.requests[0]).toMatchObject({ path: '/v1/channels/103/check-whatsapp', query: { phone: '5585988887777' } });
		expect(result.rows).toEqual([
			{ phone: '+5585988887777', canReceiveMessage: true, whatsappPhone: '+558588887777' },
			{ phone: '+5585988880000', canReceiveMessage: false, whatsappPhone: null },
		]);
	});

	it('says which token is needed, and what is wrong with the phone or channel', async () => {
		const v3 = await kinbox.run('channel', 'checkWhatsapp', { channelId: byId(103), phone: '85 98888-7777' });
		expect(v3.error?.message).toBe('Checking a WhatsApp number needs the API Token, but the credential holds the Token V3 [item 0]');
		const letters = await kinbox.run('channel', 'checkWhatsapp', { channelId: byId(103), phone: 'call me' }, apiToken(kinbox));
		expect(letters.error?.message).toMatch(/^'Phone' cannot be used as a phone number/);
		const mail = await kinbox.run('channel', 'checkWhatsapp', { channelId: byId(105), phone: '85 98888-7777' }, apiToken(kinbox));
		expect(mail.error?.message).toBe('Kinbox refused the request: The channel is not a WhatsApp channel [item 0]');
		const unknown = await kinbox.run('channel', 'checkWhatsapp', { channelId: byId(1), phone: '85 98888-7777' }, apiToken(kinbox));
		expect(unknown.error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('channel: get, get many, templates', () => {
	it('reads with the API Token', async () => {
		const one = await kinbox.run('channel', 'get', { channelId: byId(103) }, apiToken(kinbox));
		expect(one.error).toBeUndefined();
		expect(one.rows[0]).toMatchObject({ id: 103, description: 'WhatsApp oficial' });
		const all = await kinbox.run('channel', 'getAll', { returnAll: true }, apiToken(kinbox));
		expect(all.rows).toHaveLength(6);
		const two = await kinbox.run('channel', 'getAll', { limit: 2 }, apiToken(kinbox));
		expect(two.rows).toHaveLength(2);
		const templates = await kinbox.run('channel', 'getTemplates', { channelId: byId(103), returnAll: true }, apiToken(kinbox));
		expect(templates.error).toBeUndefined();
		expect(templates.rows.map(({ name }) => name)).toEqual(['promocao_semana', 'pedido_enviado', 'bienvenida', 'black_friday']);
	});

	it('says which token is needed, and what Kinbox refuses', async () => {
		for (const [operation, feature] of [['get', 'Channels'], ['getTemplates', 'Templates']] as const) {
			const { error, requests } = await kinbox.run('channel', operation, { channelId: byId(103) });
			expect(error?.message).toBe(`${feature} need the API Token, but the credential holds the Token V3 [item 0]`);
			expect(requests).toEqual([]);
		}
		const unofficial = await kinbox.run('channel', 'getTemplates', { channelId: byId(104) }, apiToken(kinbox));
		expect(unofficial.error?.message).toBe('Kinbox refused the request: Templates exist on official WhatsApp channels only [item 0]');
		const unknown = await kinbox.run('channel', 'get', { channelId: byId(9) }, apiToken(kinbox));
		expect(unknown.error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});
