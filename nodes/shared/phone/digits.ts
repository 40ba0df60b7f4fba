/** Decimal digits of any script as 0-9; other characters stay. */
export function asciiDigits(text: string): string {
	return text.replace(/\p{Nd}/gu, (digit) => {
		const code = digit.codePointAt(0) ?? 0;
		// The mathematical digits are five alphabets of ten without a gap.
		if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
		// Every other script has its ten digits in a row of their own, so its zero has no digit before it.
		let zero = code;
		while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
		return String(code - zero);
	});
}

/** The decimal digits in a value, of any script, as 0-9. */
export function digitsOnly(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return '';
	return asciiDigits(String(value)).replace(/[^0-9]/g, '');
}
