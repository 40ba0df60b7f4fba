import { foldName } from '../values/names';

/*
 * What a column, a form's question or a service's key stands for, by its name in Portuguese, Spanish, Italian and English.
 */

export type ColumnRole =
	| 'areaCode' | 'avatarUrl' | 'countryCode' | 'customFields' | 'email' | 'externalId' | 'firstName' | 'lastName' | 'name' | 'notes' | 'phone' | 'tags';

/** Names as they are written without spaces; what comes first wins. */
const spellings: Record<Exclude<ColumnRole, 'areaCode' | 'countryCode'>, string[]> = {
	name: [
		// A deal or a ticket has a name of its own beside its contact's.
		'contactname', 'customername', 'name', 'fullname', 'yourname', 'nomecompleto', 'nomedocontato', 'nomedocliente', 'seunome', 'nome', 'nombrecompleto',
		'nombreyapellido', 'nombreyapellidos', 'nombredelcontacto', 'nombredelcliente', 'tunombre', 'nombre', 'nomecognome', 'pushname', 'displayname',
	],
	firstName: ['firstname', 'givenname', 'primeironome', 'primernombre', 'first', 'given'],
	lastName: ['lastname', 'familyname', 'surname', 'sobrenome', 'ultimonome', 'apellido', 'apellidos', 'cognome', 'last', 'family'],
	email: ['contactemail', 'email', 'emailaddress', 'mail', 'youremail', 'seuemail', 'enderecodeemail', 'tuemail', 'correoelectronico', 'correo', 'direcciondecorreo'],
	phone: [
		'waid', 'contactphone', 'whatsapp', 'whatsappnumber', 'whatsappphone', 'numerodewhatsapp', 'numerowhatsapp', 'celularwhatsapp', 'whatsappcelular', 'telefonewhatsapp', 'phonewhatsapp', 'whatsappcomddd', 'seuwhatsapp', 'tuwhatsapp',
		'mobile', 'mobilephone', 'mobilenumber', 'cellphone', 'cell', 'celular', 'numerodecelular', 'numerodocelular', 'celularcomddd', 'telefonecelular', 'telefonemovel', 'telemovel', 'movil', 'telefonomovil', 'telefonocelular', 'cellulare', 'mobilephonenumber',
		'phone', 'phonenumber', 'telephone', 'tel', 'fone', 'telefone', 'numerodetelefone', 'telefonecomddd', 'seutelefone', 'telefono', 'numerodetelefono', 'tutelefono', 'phones', 'phonenumbers', 'telefones', 'textremindernumber', 'smsremindernumber',
	],
	externalId: ['externalid', 'identifier', 'idexterno', 'identificador', 'identificadorexterno'],
	avatarUrl: ['avatarurl', 'avatar', 'thumbnail', 'pictureurl', 'picture', 'photourl', 'photo', 'fotourl', 'foto'],
	tags: ['tags', 'tag', 'labels', 'label', 'etiquetas', 'etiqueta', 'marcadores'],
	customFields: ['customfields', 'customattributes', 'campospersonalizados', 'camposadicionais', 'camposadicionales'],
	notes: ['notes', 'note', 'notas', 'nota', 'observacoes', 'observacao', 'observaciones', 'observacion', 'comments', 'comment', 'comentarios', 'comentario', 'description', 'descricao', 'descripcion'],
};

const exact = new Map(Object.entries(spellings).flatMap(([role, names]) => names.map((name, rank) => [name, { role: role as ColumnRole, rank }] as const)));

/** The names that stand for a part of a contact, folded. */
export const namesOf = (role: keyof typeof spellings): string[] => spellings[role];

const set = (words: string) => new Set(words.split(' '));

/** Words that say nothing about what a column holds, or whose it is when it is the customer. */
const fillers = set(
	'a as o os e el la las los il lo le gli i the an of de do da dos das del della dello di is are es to for para per por favor please com con with y and ed or ou '
	+ 'your you my our seu sua seus suas teu tua tu su tus sus tuo tua suo sua mi meu minha mio nosso nuestro qual quale cual cuales quais what whats which informe digite insira deixe escreva preencha indique coloque ingresa ingrese escribe escriba introduce inserisci enter type give us nos aqui here '
	+ 'melhor mejor best principal primary main pessoal personal value valor numero number num nr no n contato contacto contatto contact contacts cliente client customer cus buyer comprador purchaser payer pagador lead person pessoa persona billing checkout faturamento aluno paciente inscrito participante invitee',
);
const ranked: Array<Set<string>> = [
	set('whatsapp whats wpp zap wa'),
	set('mobile cell cellphone celular cel movil telemovel movel cellulare'),
	set('phone telephone telefone telefono tel fone fono phonenumber ddd'),
	set('fixo fijo residencial comercial home work office casa trabalho trabajo business landline'),
];
const mailWords = set('email mail emails correo correos posta');
const addressWords = set('address endereco direccion indirizzo electronico eletronico electronica elettronica electronic');
const wholeWords = set('completo completa full complete whole compl');
const nameWords = set('nome name nombre');
const lastNameWords = set('sobrenome apellido apellidos surname cognome lastname');

/** Words that make a person somebody else than the customer. */
const others = set(
	'affiliate affiliates aff afiliado afiliados afiliada producer producers produtor produtora coproducer coproducers coprodutor seller sellers vendedor vendedora vendor owner owners agent agente assignee attendant atendente operator operador author '
	+ 'organizer organizador host hosts creator staff manager gerente consultor corretor broker store loja tienda merchant shop company empresa account conta cuenta shipping entrega delivery envio responsible responsavel guardian emergency emergencia '
	+ 'product products produto producto item items plan plano commission commissions tracking referrer indicador indicacao team equipe memberships coupon utm form mae pai madre padre conjuge spouse esposa marido mother father friend amigo campaign ad adset',
);

const words = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/whats ?app/gi, 'whatsapp').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u)
	.flatMap((word) => word.split(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/u)).filter(Boolean);

/** Whether a name is that of another person than the customer: an affiliate, a seller, a mother. */
export const isSomebodyElse = (name: string): boolean => words(name.slice(0, 200)).some((word) => others.has(word));

/**
 * What a column stands for, and how well: among several of one role the lowest rank wins.
 *
 * @param name as the sheet, form or service writes it
 */
export function roleOf(name: string): { role: ColumnRole; rank: number } | undefined {
	if (name.length > 200) return undefined;
	const known = exact.get(foldName(name));
	if (known) return known;
	const all = words(name);
	if (all.some((word) => others.has(word))) return undefined;
	const digits = all.find((word) => /^\d+$/.test(word));
	const telling = all.filter((word) => !fillers.has(word) && !/^\d+$/.test(word));
	const later = 1000 + Math.min(Number(digits ?? 0), 99) / 100;
	const every = (...groups: Array<Set<string>>) => telling.length > 0 && telling.every((word) => groups.some((group) => group.has(word)));
	const some = (group: Set<string>) => telling.some((word) => group.has(word));
	const joined = telling.join(' ');
	if (/^(?:(?:phone|telefone|telefono|tel|celular|checkout) )*(?:ddi|country code|code|codigo pais|countrycode|dial code)$/.test(joined) && (joined !== 'code' || /phone|fone|tel/i.test(name))) return { role: 'countryCode', rank: 0 };
	if (/^(?:(?:phone|telefone|telefono|tel|celular) )*(?:ddd|area code|areacode|codigo area)$/.test(joined)) return { role: 'areaCode', rank: 0 };
	if (every(...ranked) && ranked.slice(0, 3).some(some)) return { role: 'phone', rank: later + ranked.findIndex((group) => some(group)) * 100 };
	if (some(mailWords) && every(mailWords, addressWords, ranked[3]!)) return { role: 'email', rank: later };
	if (/^(?:razao social|razon social|ragione sociale|nome fantasia|nombre comercial)$/.test(joined)) return { role: 'name', rank: later + 500 };
	if (every(nameWords, lastNameWords, wholeWords)) return some(nameWords) ? { role: 'name', rank: later } : { role: 'lastName', rank: later };
	if (/^(?:first|given|primeiro|primer) (?:name|nome|nombre)$/.test(joined)) return { role: 'firstName', rank: later };
	if (/^(?:last|family|ultimo) (?:name|nome|nombre)$/.test(joined)) return { role: 'lastName', rank: later };
	return undefined;
}
