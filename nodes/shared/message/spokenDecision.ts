import { foldName } from '../values/names';

/** What somebody decides about a question: agree, refuse, or say something of their own. */
export type Decision = 'approve' | 'decline' | 'write';

const agreeing = ['sim', 'si', 'yes', 'yep', 'sure', 'claro', 'pode', 'puede', 'aprovo', 'aprovado', 'aprovar', 'apruebo', 'aprobado', 'aprobar', 'approve', 'approved', 'aceito', 'acepto', 'accept', 'accepted', 'confirmo', 'confirmado', 'agreed', 'concordo'];
const refusing = ['nao', 'no', 'nope', 'recuso', 'recusado', 'recusar', 'rechazo', 'rechazado', 'rechazar', 'decline', 'declined', 'rejected', 'negado', 'discordo'];
/** What changes neither. */
const polite = ['por', 'favor', 'please', 'obrigado', 'obrigada', 'gracias', 'thanks', 'thank', 'you'];

const words = (text: string) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean).map(foldName);

/** What a text of common words alone says. */
function commonDecision(text: string): Decision | undefined {
	const meant = words(text).filter((word) => !polite.includes(word));
	if (meant.length === 0) return undefined;
	if (meant.every((word) => agreeing.includes(word))) return 'approve';
	return meant.every((word) => refusing.includes(word)) ? 'decline' : undefined;
}

/**
 * The decision that a text typed in a chat stands for: one of the labels, or words of consent or refusal in English,
 * Portuguese or Spanish and nothing else. "Sim, mas amanhã" is neither.
 *
 * @param labels what the two links are called
 * @returns undefined for anything that could be meant in another way
 */
export function spokenDecision(text: string, labels: { approve: string; decline: string }): Decision | undefined {
	const said = foldName(text);
	const fits = { approve: said === foldName(labels.approve), decline: said === foldName(labels.decline) };
	if (fits.approve !== fits.decline) return fits.approve ? 'approve' : 'decline';
	// With a link that is called "No" and approves, a typed word would say the contrary.
	if (fits.approve || commonDecision(labels.approve) === 'decline' || commonDecision(labels.decline) === 'approve') return undefined;
	return commonDecision(text);
}
