import type { INodeProperties } from 'n8n-workflow';

/**
 * What a message says about messages to come: `yes`: its writer wants none any more. `unsure`: it is near that, and a
 * person should read it. `no`: something else.
 */
export type OptOut = 'no' | 'unsure' | 'yes';

/** The option of the triggers that fills `optOut`. */
export const optOutField: INodeProperties = {
	displayName: 'Detect Opt-Outs',
	name: 'detectOptOut',
	type: 'boolean',
	default: false,
	description: "Whether to read from each received message if its writer wants no messages any more, in Portuguese, Spanish and English: optOut is 'yes', 'no', or 'unsure' for what a person should read",
};

const words = (text: string) => new Set(text.split(/\s+/).filter(Boolean));

/** Verbs and nouns that mean it when nothing but courtesy stands beside them. */
const leaving = words(`
	sair saio saindo parar pare parem para-de descadastrar descadastre descadastrem descadastra descadastro descadastramento desinscrever desinscreva desinscricao remover remova removam remove
	removeme desassinar cancelarinscricao
	salir baja detener deten detenga detengan desuscribir desuscribirme desuscribe desuscribirse desinscribir desinscribirme
	stop stopall stopp unsubscribe unsubscribed unsub optout quit
`);

/** Verbs that mean it only beside what is to end: alone they are about an order, an appointment, a pick-up. */
const ending = words(`
	cancelar cancele cancelem cancela cancelo cancel cancela cancelen cancelame
	excluir exclua excluam exclui retirar retire retirem retira tirar tira tire tirem apagar apague apaguem deletar delete
	borrar borra borrame borren quitar quita quitame quiten eliminar elimina eliminame eliminen
	end fim bloquear bloqueie
`);

/** What ends: messages, lists, offers. */
const subjects = words(`
	mensagens mensagem msgs msg promocoes promocao promos promo propaganda propagandas publicidade ofertas oferta marketing newsletter comunicacoes comunicados avisos anuncios lista listas cadastro inscricao assinatura
	mensajes mensaje promociones promocion publicidad anuncio suscripcion lista correos
	messages message promotions promotion marketing list lists subscription newsletters ads texts emails spam campanha campanhas campana campaign contato contatos contacto numero number
`);

/** Words that change nothing. */
const fillers = words(`
	por favor pf pfv pfvr favor please pls plz obrigado obrigada obg grato grata gracias thanks thank you thx ola oi hola hi hello hey bom boa dia tarde noite buenos buenas dias tardes
	eu i me mim my meu minha meus minhas mi mis yo nos quero queria gostaria desejo prefiro want would like id quiero quisiera deseo preciso need to de da do das dos del desta deste dessa desse desses destas a o as os e y and
	el la los las um uma un una ya ja agora now ahora imediatamente urgente isso isto esse esta este essa esses estas estes this these the from off of for que seu sua seus suas your su sus voces vcs vc voce
	mais mas more anymore nunca never again nao-perturbe receber recibir receive nada tudo todas todos todo toda all any favorzinho gentileza pode podem podes puede pueden can could ser fazer haga hacer faca whatsapp zap wpp sms aqui here daqui em en in on no na nas
`);

/** Sentences that mean it, as far as they stand in a short text; folded, without marks. Of two parts the second stands anywhere behind the first. */
const sentences: Array<RegExp | [RegExp, RegExp]> = [
	/\b(nao|n|num) (me )?(quero|desejo|gostaria de|queria|aceito|autorizo) (mais )?(de )?(me )?(receber|recebam|que me mand\w+|que me envi\w+|que me cham\w+|mensage\w+|promoc\w+|propagand\w+|contato)\b/,
	/\b(nao|n) (me )?(mand|envi|cham|escrev|perturb|incomod|contat)\w+ (mais|nada|msgs?|mensage\w+|promoc\w+|propagand\w+)\b/,
	/\b(nao|n) me (mand|envi|perturb|incomod|contat)\w+( mais)?$/,
	/\b(pare|parem|parar|para|deixe|deixem|deixar) de (me )?(mandar|enviar|receber|escrever|chamar|perturbar|incomodar)\b/,
	[/\b(tire|tira|tirem|tirar|remova|remove|removam|remover|exclua|exclui|excluam|excluir|retire|retirem|apague|apaguem) /, /\b(lista|listas|cadastro|grupo|contatos|numero|campanhas?)\b/],
	/^(me )?(tire|tira|tirem|exclua|exclui|excluam|retire|retirem|descadastre\w*|remova|remove|removam)( me)?( daqui| disso)?$/,
	/\bno (quiero|deseo) (mas )?(recibir|que me (envien|manden|escriban)|mensajes|promociones|publicidad)\b/,
	[/\bno me (envie|envies|envien|mande|mandes|manden|escriban|escribas|molesten|contacten)\b/, /\b(mas|mensajes|promociones|publicidad|nada)\b/],
	/\bno me (molesten|contacten)( mas)?$/,
	/\b(dar|darme|dame|denme|darse|doy|deme) de baja\b/,
	/\b(dejen|deja|dejar|paren) de (enviar|mandar|recibir|escribir|molestar)\w*\b/,
	[/\b(quiten|quita|quitar|quitame|borren|borra|borrame|saquen|sacame|eliminen|eliminame|elimine)(me)? /, /\b(lista|listas|numero|contactos?)\b/],
	/\b(do not|dont|don t|never|stop) (ever )?(message|messaging|text|texting|contact|contacting|send|sending|email|emailing|write|writing|call me again|spamming)\b/,
	/\b(take|remove|delete|get) (me|my number|my contact)( off| from| out)?\b/,
	/\bno more (messages|texts|promotions|emails|ads|marketing|spam)\b/,
	/\b(opt|opting) (me )?out\b/,
	/\b(unsubscribe|unsub) me\b/,
	/\bcancel\w* (minha |a |mi |la |my )?(inscricao|assinatura da lista|suscripcion|subscription|cadastro)\b/,
];

function isIn(plain: string, sentence: (typeof sentences)[number]): boolean {
	if (!Array.isArray(sentence)) return sentence.test(plain);
	const first = sentence[0].exec(plain);
	return first !== null && sentence[1].test(plain.slice(first.index + first[0].length));
}

/** WhatsApp's own buttons; what follows differs by version. */
const buttons = ['parar promocoes', 'parar promocao', 'stop promotions', 'detener promociones', 'interromper promocoes', 'parar de receber'];

const denials = /\b(nao|n|no|never|nunca|dont|don t|do not|jamais|sem)\b/;

/** Longest text that is read; nobody takes leave in a longer one, and this keeps the work small. */
const longest = 400;

/**
 * Reads whether somebody wants no messages any more, from what people write: buttons of WhatsApp, verbs with courtesy around
 * them, capitals, accents, quotes, WhatsApp's marks, emoji.
 *
 * @param text as received
 * @param answersCampaign whether it answers a campaign: there "cancelar" means the messages, elsewhere an order
 */
export function readOptOut(text: unknown, { answersCampaign = false }: { answersCampaign?: boolean } = {}): OptOut {
	if (typeof text !== 'string' || text.length > 4000) return 'no';
	const plain = fold(text);
	if (plain === '') return 'no';
	if (buttons.some((button) => plain === button || plain.startsWith(`${button} `))) return 'yes';
	const all = plain.split(' ');
	if (plain.length > longest) return /\b(unsubscribe|descadastr\w+|desuscrib\w+)\b/.test(plain) ? 'unsure' : 'no';
	if (sentences.some((sentence) => isIn(plain, sentence))) return isTurnedRound(plain) ? 'unsure' : all.length <= 30 ? 'yes' : 'unsure';

	const told = all.filter((word) => !fillers.has(word) || leaving.has(word));
	const isLeaving = told.some((word) => leaving.has(word));
	const isEnding = told.some((word) => ending.has(word));
	const others = told.filter((word) => !leaving.has(word) && !ending.has(word) && !subjects.has(word));
	if (!isLeaving && !isEnding) return 'no';
	if (denials.test(plain)) return isLeaving && all.length <= 10 ? 'unsure' : 'no';
	if (others.length === 0) {
		if (isLeaving) return 'yes';
		if (told.some((word) => subjects.has(word)) || answersCampaign) return 'yes';
		return 'unsure';
	}
	// "Vou sair agora" is no leave-taking, but a person sees that at once.
	return isLeaving && all.length <= 8 ? 'unsure' : 'no';
}

/** "Can I stop receiving messages without …?", "he said: stop sending": questions and conditions go to a person. */
function isTurnedRound(plain: string): boolean {
	return /^(como|how|que tal|what if|se eu|si yo|if i|posso|podria)\b/.test(plain) || /\b(nao|no|dont|don t) (pare|parem|paren|stop|dejen|deixe|deixem)\b/.test(plain);
}

/** Small letters without accents, marks, quotes and emoji; one blank between words. */
function fold(text: string): string {
	return text
		.slice(0, 4000)
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.replace(/\bopt out\b/g, 'optout');
}
