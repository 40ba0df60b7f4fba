import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'crypto';

/**
 * What a node remembers goes along when workflows are exported on the command line. A secret that it has to remember is
 * therefore sealed with the credential's token, which no export contains.
 */

const keyOf = (token: string) => createHash('sha256').update(`n8n trigger secret ${token}`).digest();

/** A secret that only the owner of the token can read again; text without spaces. */
export function seal(secret: string, token: string): string {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', keyOf(token), nonce);
	const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.');
}

/** The secret that was sealed; null when the token is another one, or the text is no sealed secret. */
export function unseal(sealed: string, token: string): string | null {
	const [nonce, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
	if (nonce?.length !== 12 || tag?.length !== 16 || text === undefined) return null;
	try {
		const decipher = createDecipheriv('aes-256-gcm', keyOf(token), nonce);
		decipher.setAuthTag(tag);
		return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}
