import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { useNode } from '../support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const file = (content: Buffer | string, fileName = 'people.csv') => [{ json: {}, binary: { data: { data: Buffer.from(content as string).toString('base64'), mimeType: 'text/csv', fileName } } }];
const run = async (content: Buffer | string, fields = {}) => await chatwoot.run('contact', 'import', { binaryField: 'data', ...fields }, { items: file(content) });
/** The file as it arrived at the server. */
const sent = (requests: Array<{ path: string; files?: Array<{ data: Buffer }> }>) => requests.find(({ path }) => path.endsWith('/import'));
const people = () => [...chatwoot.sandbox.chatwoot.state.contacts.values()];

describe('contact: import', () => {
	it.each([
		['commas and English names', 'name,email,phone_number\nJoão,joao@example.com,+5511977770002\n'],
		['what Excel writes in Brazil', Buffer.from('Nome;E-mail;Telefone\r\nJoão;joao@example.com;(11) 97777-0002\r\n', 'latin1')],
		['UTF-16 with tabs', Buffer.from('\uFEFFNombre\tCorreo electrónico\tTeléfono\nJoão\tjoao@example.com\t11977770002\n', 'utf16le')],
		['UTF-8 with its mark', '\uFEFFName;Email;Phone Number\nJoão;joao@example.com;5511977770002\n'],
	])('makes of %s a file that the server reads rightly', async (_what, content) => {
		const { rows, error, requests } = await run(content);
		expect(error).toBeUndefined();
		expect(sent(requests as never)).toBeDefined();
		expect(rows[0]).toMatchObject({ queued: true, fileName: 'people.csv', rows: 1, customAttributes: [], leftOutColumns: [], refused: [] });
		await chatwoot.sandbox.settled();
		expect(people().find(({ email }) => email === 'joao@example.com')).toMatchObject({ name: 'João', phoneNumber: '+5511977770002' });
	});

	it('reads phones of another country, and finds labels and attributes in any spelling', async () => {
		const { rows, error } = await run('nome,telefone,Plano,etiquetas\nRui,912 345 678,completo,"VIP, Orcamento"\n', { defaultCountry: 'PT' });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ rows: 1, columns: expect.arrayContaining([{ column: 'telefone', becomes: 'phone_number' }, { column: 'Plano', becomes: 'plano' }, { column: 'etiquetas', becomes: 'labels' }]), customAttributes: ['plano'] });
		await chatwoot.sandbox.settled();
		expect(people().find(({ name }) => name === 'Rui')).toMatchObject({ phoneNumber: '+351912345678' });
	});

	it.each<[string, Buffer | string, RegExp]>([
		['a workbook', Buffer.from('PK\u0003\u0004xlsx'), /holds a file that is an Excel workbook \(\.xlsx\)/],
		['a column that the account does not have', 'nome,e-mail,signo\nAna,ana@x.com,leo\n', /holds columns that are no field of a contact and no custom attribute of account 1: signo/],
		['two columns for one field', 'email,E-mail\na@x.com,b@x.com\n', /holds 2 columns for email/],
		['no column to find people by', 'nome,cidade\nAna,Porto\n', /holds no column with e-mail, phone or identifier/],
		['rows that are wrong', 'name,email,phone_number\nAna,ana@x,\nRui,,123\nSó,,\n', /holds 3 rows that cannot be imported: line 2 has 'ana@x' for an e-mail address; line 3 has a phone that cannot be used: .*; line 4 has no e-mail, phone or identifier/],
		['labels that the account does not have', 'email,labels\na@x.com,naoexiste\n', /line 2 has labels that the account does not have: naoexiste/],
		['a quote that stays open', 'email,name\n"a@x.com,Ana\n', /a quote that is opened on line 2/],
		['a header alone', 'name,email\n', /holds a file without rows/],
	])('refuses %s, and sends nothing', async (_what, content, message) => {
		const { error, requests } = await run(content);
		expect(error?.message).toMatch(message);
		expect(sent(requests as never)).toBeUndefined();
	});

	it('leaves out what the person says, and lists it in the item', async () => {
		const { rows } = await run('name,email,signo\nAna,ana@x,leo\nRui,rui@example.com,leo\n', { unknownColumns: 'skip', badRows: 'skip' });
		expect(rows[0]).toMatchObject({ rows: 1, leftOutColumns: ['signo'], refused: [{ line: 2, reason: "has 'ana@x' for an e-mail address" }] });
		await chatwoot.sandbox.settled();
		expect(people().some(({ name }) => name === 'Rui')).toBe(true);
	});

	it.each([
		['first and last name', 'Primeiro nome,Sobrenome,email\nAna,Souza,ana.import@example.com\n'],
		['a name and a last name', 'Nome;Sobrenome;E-mail\nAna;Souza;ana.import@example.com\n'],
		['Spanish', 'Nombre,Apellidos,Correo\nAna,Souza,ana.import@example.com\n'],
		['English', 'Email,First Name,Last Name\nana.import@example.com,Ana,Souza\n'],
	])('joins the parts of a name: %s', async (_what, content) => {
		const { rows, error } = await run(content);
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ rows: 1, leftOutColumns: [], customAttributes: [] });
		await chatwoot.sandbox.settled();
		expect(people().find(({ email }) => email === 'ana.import@example.com')?.name).toBe('Ana Souza');
	});

	it('says which columns become custom attributes', async () => {
		const { rows, hints } = await run('email,signo\na@example.com,leo\n', { unknownColumns: 'attribute' });
		expect(rows[0]).toMatchObject({ customAttributes: ['signo'] });
		expect(hints?.map(({ message }) => message).join(' ')).toMatch(/These columns become custom attributes: signo/);
	});
});
