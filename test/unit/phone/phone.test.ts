import fc from 'fast-check';
import { getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/examples.mobile.json';
import numberingPlans from 'libphonenumber-js/metadata.max.json';

import { countryOptions } from '../../../nodes/shared/phone/countries';
import {
  digitsOnly,
  toE164,
  type DefaultCountry,
  type PhoneKind,
  type PhoneRefusalCode,
} from '../../../nodes/shared/phone/phone';
import { cpuTime } from '../../harness/cpuTime';

type Understood = [written: unknown, defaultCountry: DefaultCountry, e164: string, kind?: PhoneKind, extension?: string];
type Refused = [written: unknown, defaultCountry: DefaultCountry, code: PhoneRefusalCode];

const lead = '+5585988887777';

const understood: Understood[] = [
  // As people write a Brazilian mobile
  ['+55 85 98888-7777', 'BR', lead, 'mobile'],
  ['085 98888 7777', 'BR', lead, 'mobile'],
  ['(85) 9 8888-7777', 'BR', lead, 'mobile'],
  ['(085) 98888-7777', 'BR', lead, 'mobile'],
  ['85.98888.7777', 'BR', lead, 'mobile'],
  ['85/98888-7777', 'BR', lead, 'mobile'],
  ['5585988887777', 'BR', lead, 'mobile'],
  ['+55 (85) 98888-7777', 'PT', lead, 'mobile'],
  ['+55 (085) 98888-7777', 'BR', lead, 'mobile'],
  ['(+55) 85 98888 7777', 'ES', lead, 'mobile'],
  ['0055 85 98888-7777', 'PT', lead, 'mobile'],
  ['+0055 85 98888-7777', 'BR', lead, 'mobile'],
  ['5585988887777', 'PT', lead, 'mobile'],
  ['011 55 85 98888 7777', 'US', lead, 'mobile'],
  ['0011 55 85 98888 7777', 'AU', lead, 'mobile'],
  ['041 85 98888 7777', 'BR', lead, 'mobile'],
  ['0 15 85 98888 7777', 'BR', lead, 'mobile'],
  ['0xx85 98888-7777', 'BR', lead, 'mobile'],
  ['(0XX85) 98888-7777', 'BR', lead, 'mobile'],
  ['Tel: 85 98888-7777', 'BR', lead, 'mobile'],
  // As software writes it
  [5585988887777, 'BR', lead, 'mobile'],
  [85988887777, 'BR', lead, 'mobile'],
  [5585988887777n, 'BR', lead, 'mobile'],
  ['5585988887777.0', 'BR', lead, 'mobile'],
  ["'5585988887777", 'BR', lead, 'mobile'],
  ['="5585988887777"', 'BR', lead, 'mobile'],
  ['5585988887777@s.whatsapp.net', 'BR', lead, 'mobile'],
  ['5585988887777:12@s.whatsapp.net', 'PT', lead, 'mobile'],
  ['5585988887777.0:3@s.whatsapp.net', 'PT', lead, 'mobile'],
  ['5585988887777@c.us', 'PT', lead, 'mobile'],
  ['whatsapp:+5585988887777', 'PT', lead, 'mobile'],
  ['tel:+55-85-98888-7777', 'PT', lead, 'mobile'],
  ['https://wa.me/5585988887777?text=oi', 'PT', lead, 'mobile'],
  ['https://api.whatsapp.com/send?phone=5585988887777&text=oi', 'PT', lead, 'mobile'],
  ['https://api.whatsapp.com/send/?text=1&phone=%2B5585988887777', 'PT', lead, 'mobile'],
  // Other scripts, typographic signs, invisible marks
  ['٠٨٥ ٩٨٨٨٨ ٧٧٧٧', 'BR', lead, 'mobile'],
  ['०८५ ९८८८८ ७७७७', 'BR', lead, 'mobile'],
  ['＋５５（８５）９８８８８－７７７７', 'PT', lead, 'mobile'],
  ['\u202A+55\u00A085\u200998888\u20117777\u202C', 'PT', lead, 'mobile'],
  ['55 85 98888\u20137777', 'BR', lead, 'mobile'],
  ['\uFEFF📞 +55 85 98888−7777', 'BR', lead, 'mobile'],
  // Without the ninth digit: stays as written
  ['85 8888-7777', 'BR', '+558588887777', 'mobile'],
  ['+55 85 8888-7777', 'PT', '+558588887777', 'mobile'],
  ['558588887777@s.whatsapp.net', 'BR', '+558588887777', 'mobile'],
  ['558598888777', 'BR', '+558598888777', 'mobile'],
  ['+558598888777', 'BR', '+558598888777', 'mobile'],
  // Other Brazilian numbers
  ['(85) 3333-4444', 'BR', '+558533334444', 'fixedLine'],
  ['0800 777 1234', 'BR', '+558007771234', 'tollFree'],
  ['4004-1234', 'BR', '+5540041234', 'sharedCost'],
  ['(34) 91234-5678', 'BR', '+5534912345678', 'mobile'],
  // Extensions are given back apart
  ['+55 85 3333-4444 ramal 12', 'BR', '+558533334444', 'fixedLine', '12'],
  ['85 3333-4444 r. 12', 'BR', '+558533334444', 'fixedLine', '12'],
  ['85 3333-4444 ext. 12', 'BR', '+558533334444', 'fixedLine', '12'],
  ['+55 85 3333 4444 x12', 'BR', '+558533334444', 'fixedLine', '12'],
  ['+55 85 3333-4444 #12', 'BR', '+558533334444', 'fixedLine', '12'],
  ['tel:+55-85-3333-4444;ext=12', 'BR', '+558533334444', 'fixedLine', '12'],
  ['2 2345 6789 anexo 301', 'CL', '+56223456789', 'fixedLineOrMobile', '301'],
  // Portugal
  ['00351 912 345 678', 'BR', '+351912345678', 'mobile'],
  ['0021 351 912 345 678', 'BR', '+351912345678', 'mobile'],
  ['+351 (912) 345-678', 'BR', '+351912345678', 'mobile'],
  ['0351 912 345 678', 'PT', '+351912345678', 'mobile'],
  ['(351) 910 000 111', 'PT', '+351910000111', 'mobile'],
  ['910 000 111', 'PT', '+351910000111', 'mobile'],
  [910000111, 'PT', '+351910000111', 'mobile'],
  ['+351 21 346 9000', 'BR', '+351213469000', 'fixedLine'],
  ['+351 950 123 456', 'BR', '+351950123456'],
  // Spain
  ['612 345 678', 'ES', '+34612345678', 'mobile'],
  ['34 612 345 678', 'ES', '+34612345678', 'mobile'],
  ['034 612 345 678', 'ES', '+34612345678', 'mobile'],
  ['34612345678', 'PT', '+34612345678', 'mobile'],
  // Labels, names, formulas and other cells
  ['p:+5585988887777', 'BR', lead, 'mobile'],
  ['Cel: (85) 98888-7777', 'BR', lead, 'mobile'],
  ['Cel.: 85 98888-7777', 'BR', lead, 'mobile'],
  ['Fone: 85 98888-7777', 'BR', lead, 'mobile'],
  ['Telefone/WhatsApp: 85 98888-7777', 'BR', lead, 'mobile'],
  ['Zap 85 98888-7777', 'BR', lead, 'mobile'],
  ['WhatsApp +55 85 98888-7777', 'PT', lead, 'mobile'],
  ['85 98888-7777 (WhatsApp)', 'BR', lead, 'mobile'],
  ['85 98888-7777 whatsapp', 'BR', lead, 'mobile'],
  ['85 98888-7777 (Ana)', 'BR', lead, 'mobile'],
  ['85 98888-7777 (Ana Souza)', 'BR', lead, 'mobile'],
  ['85 98888-7777;', 'BR', lead, 'mobile'],
  ['✅ 85 98888-7777', 'BR', lead, 'mobile'],
  ['5,585,988,887,777', 'BR', lead, 'mobile'],
  ['5.585.988.887.777', 'BR', lead, 'mobile'],
  ['5,585,988,887,777.00', 'BR', lead, 'mobile'],
  ['85988887777,00', 'BR', lead, 'mobile'],
  ['=+5585988887777', 'PT', lead, 'mobile'],
  ['=HYPERLINK("https://wa.me/5585988887777","(85) 98888-7777")', 'BR', lead, 'mobile'],
  ['=HYPERLINK("https://wa.me/5585988887777";"Chamar")', 'PT', lead, 'mobile'],
  // A country code or a prefix that is not there any more
  ['55 (91) 6195-5750', 'BR', '+559161955750', 'mobile'],
  ['559161955750', 'BR', '+559161955750', 'mobile'],
  ['044 744 123 4567', 'MX', '+527441234567', 'fixedLineOrMobile'],
  ['045 744 123 4567', 'MX', '+527441234567', 'fixedLineOrMobile'],
  ['01 744 123 4567', 'MX', '+527441234567', 'fixedLineOrMobile'],
  ['1 744 123 4567', 'MX', '+527441234567', 'fixedLineOrMobile'],
  ['+52 044 744 123 4567', 'MX', '+527441234567', 'fixedLineOrMobile'],
  ['+52 01 744 123 4567', 'BR', '+527441234567', 'fixedLineOrMobile'],
  ['52 1 744 123 4567', 'MX', '+527441234567', 'fixedLineOrMobile'],
  ['1 55 1234 5678', 'MX', '+525512345678', 'fixedLineOrMobile'],
  ['+39 335 123456', 'IT', '+39335123456', 'mobile'],
  // Elsewhere
  ['030/1234567', 'DE', '+49301234567', 'fixedLine'],
  ['0176 12345678', 'DE', '+4917612345678', 'mobile'],
  ['06 1234 5678', 'IT', '+390612345678', 'fixedLine'],
  ['393471234567', 'IT', '+393471234567', 'mobile'],
  ['06 12 34 56 78', 'FR', '+33612345678', 'mobile'],
  ['+44 (0)20 7946 0958', 'BR', '+442079460958', 'fixedLine'],
  ['(213) 373-4253', 'US', '+12133734253', 'fixedLineOrMobile'],
  ['1 213 373 4253', 'US', '+12133734253', 'fixedLineOrMobile'],
  ['55 1234 5678', 'MX', '+525512345678', 'fixedLineOrMobile'],
  ['+52 1 55 1234 5678', 'BR', '+525512345678', 'fixedLineOrMobile'],
  ['5215512345678@s.whatsapp.net', 'BR', '+525512345678', 'fixedLineOrMobile'],
  ['011 15 2345-6789', 'AR', '+5491123456789', 'mobile'],
  ['5491123456789@c.us', 'BR', '+5491123456789', 'mobile'],
  ['9 8765 4321', 'CL', '+56987654321', 'fixedLineOrMobile'],
  ['+870 773 111 632', 'BR', '+870773111632', 'mobile'],
];

const refused: Refused[] = [
  [undefined, 'BR', 'empty'],
  [null, 'BR', 'empty'],
  ['', 'BR', 'empty'],
  [' \u00A0\u200B', 'BR', 'empty'],
  ['-', 'BR', 'empty'],
  ['+', 'BR', 'empty'],
  [true, 'BR', 'notText'],
  [{}, 'BR', 'notText'],
  [['5585988887777'], 'BR', 'notText'],
  [Number.NaN, 'BR', 'rounded'],
  [-85988887777, 'BR', 'rounded'],
  [85.5, 'BR', 'rounded'],
  [2 ** 60, 'BR', 'rounded'],
  ['5.58599E+12', 'BR', 'rounded'],
  ['5,58599e+12', 'BR', 'rounded'],
  [5585990000000, 'BR', 'rounded'],
  ['5585990000000', 'BR', 'rounded'],
  // Letters and other signs
  ['n/a', 'BR', 'letters'],
  ['ana@example.com', 'BR', 'letters'],
  ['1-800-FLOWERS', 'US', 'letters'],
  ['85 9888-CASA', 'BR', 'letters'],
  ['85 9888O-7777', 'BR', 'letters'],
  ['*100#', 'BR', 'characters'],
  ['85*98888-7777', 'BR', 'characters'],
  ['++5585988887777', 'BR', 'characters'],
  ['55+85988887777', 'BR', 'characters'],
  ['5585988887777²', 'BR', 'characters'],
  // WhatsApp ids that are no number
  ['120363025343298765@g.us', 'BR', 'group'],
  ['5585988887777-1400000000@g.us', 'BR', 'group'],
  ['status@broadcast', 'BR', 'group'],
  ['120363025343298765@newsletter', 'BR', 'group'],
  ['123456789012345@lid', 'BR', 'hiddenId'],
  // More than one
  ['85 98888-7777 / 85 97777-6666', 'BR', 'several'],
  ['85 98888-7777 ou 85 97777-6666', 'BR', 'several'],
  ['85988887777;85977776666', 'BR', 'several'],
  ['85988887777, 85977776666', 'BR', 'several'],
  ['85988887777\r\n85977776666', 'BR', 'several'],
  ['+5585988887777 +5585977776666', 'BR', 'several'],
  ['85 3333-4444/5555', 'BR', 'several'],
  ['85988887777 85977776666 85966665555', 'BR', 'several'],
  ['11987654321 1133334444', 'BR', 'several'],
  // Too short, too long
  ['0', 'BR', 'tooShort'],
  ['190', 'BR', 'tooShort'],
  ['1234567', 'BR', 'tooShort'],
  ['+55 85', 'BR', 'tooShort'],
  ['+351 912 345', 'BR', 'tooShort'],
  ['55 85 98888-77777', 'BR', 'tooLong'],
  ['+351 912 345 6789', 'BR', 'tooLong'],
  ['9'.repeat(500), 'BR', 'tooLong'],
  // With a digit too many they would be of another country
  ['(91) 98123-45678', 'BR', 'ambiguous'],
  ['91981234567 8', 'BR', 'ambiguous'],
  ['(55) 91619-55750', 'BR', 'ambiguous'],
  ['55 91619 55750', 'BR', 'ambiguous'],
  ['041 98888-77775', 'BR', 'ambiguous'],
  ['385 98888-7777', 'BR', 'ambiguous'],
  ['351912345678', 'BR', 'ambiguous'],
  ['0351 912 345 678', 'BR', 'ambiguous'],
  ['6275448062', 'ES', 'ambiguous'],
  ['34712345678', 'IT', 'ambiguous'],
  ['+39 34712345678', 'BR', 'tooLong'],
  ['12133734253', 'MX', 'ambiguous'],
  ['15512345678', 'MX', 'ambiguous'],
  ['+51 98123-4567', 'BR', 'ambiguous'],
  // Not to be used, or not what it looks like
  ['85 98888-7777 (não usar)', 'BR', 'letters'],
  ['#ERROR!', 'BR', 'sheetError'],
  ['#N/D', 'BR', 'sheetError'],
  ['#########', 'BR', 'sheetError'],
  ['=HYPERLINK("https://wa.me/5585988887777","(85) 97777-6666")', 'BR', 'several'],
  // A part is missing
  ['(85) 9888-8777', 'BR', 'ambiguous'],
  ['8988887777', 'BR', 'ambiguous'],
  ['(8) 98888-7777', 'BR', 'ambiguous'],
  ['347 123 456', 'IT', 'ambiguous'],
  ['8888-7777', 'BR', 'areaCodeMissing'],
  ['98888-7777', 'BR', 'areaCodeMissing'],
  ['910 000 111', 'BR', 'areaCodeMissing'],
  ['85 98888 777', 'BR', 'ambiguous'],
  [8598888777, 'BR', 'ambiguous'],
  ['4917612345678', 'DE', 'ambiguous'],
  // Numbers that do not exist
  ['+55 20 98888-7777', 'BR', 'impossible'],
  ['85 18888-7777', 'BR', 'impossible'],
  ['85 1333-4444', 'BR', 'impossible'],
  ['49899997777', 'BR', 'impossible'],
  ['34612345678', 'BR', 'impossible'],
  ['+1 555 000 0000', 'BR', 'impossible'],
  ['+1 155 234 5678', 'BR', 'impossible'],
  ['+34 100 000 000', 'BR', 'impossible'],
  ['123456789', 'PT', 'impossible'],
  ['+999 12345678', 'BR', 'countryCode'],
  ['+055 85 98888-7777', 'BR', 'countryCode'],
  ['(11) 11111-1111', 'BR', 'placeholder'],
  ['99 99999-9999', 'BR', 'placeholder'],
  ['999 999 999', 'PT', 'placeholder'],
  ['000 000 000', 'PT', 'countryCode'],
  ['85988887777', 'XX' as DefaultCountry, 'countryCode'],
];

const country = fc.constantFrom(...countryOptions.map(({ value }) => value as DefaultCountry));
/** A real mobile of each country, taken from the numbering plans. */
const realNumber = fc.constantFrom(...Object.entries(examples)).map(([code, national]) => {
  const phone = toE164(String(national), { defaultCountry: code as DefaultCountry });
  if (!phone.ok) throw new Error(`${code} ${String(national)}: ${phone.reason}`);
  return phone.e164;
});

describe('toE164', () => {
  test.each(understood.map(([written, defaultCountry, e164, kind, extension]) => ({ written, defaultCountry, e164, kind, extension })))(
    'reads $written with default country $defaultCountry as $e164',
    ({ written, defaultCountry, e164, kind, extension }) => {
      const phone = toE164(written, { defaultCountry });
      expect(phone).toMatchObject({ ok: true, e164, digits: e164.slice(1) });
      expect(phone.ok && phone.kind).toBe(kind);
      expect(phone.ok && phone.extension).toBe(extension);
      expect(phone.ok && `+${phone.callingCode}${phone.national}`).toBe(e164);
    },
  );

  test.each(refused)('refuses %p with default country %s: %s', (written, defaultCountry, code) => {
    const phone = toE164(written, { defaultCountry });
    expect(phone).toMatchObject({ ok: false, code });
    // The reason stands behind "cannot be used as a phone number: ".
    expect(!phone.ok && phone.reason).toMatch(/^(?:it|its|no|the|there|a|all|Brazil|Brazilian|\+\d+)\b.{5,}[^.]$/);
  });

  test('names the country', () => {
    expect(toE164(lead, { defaultCountry: 'PT' })).toMatchObject({ country: 'BR', callingCode: '55', national: '85988887777' });
    expect(toE164('+1 416 555 0123', { defaultCountry: 'BR' })).toMatchObject({ country: 'CA' });
  });

  test('does not let a mobile of every country become another number, whatever the default country', () => {
    fc.assert(fc.property(realNumber, country, (e164, defaultCountry) => {
      expect(toE164(e164, { defaultCountry })).toMatchObject({ ok: true, e164 });
      expect(toE164(`${e164.slice(1)}@s.whatsapp.net`, { defaultCountry })).toMatchObject({ ok: true, e164 });
    }), { numRuns: 1000 });
  });

  test('never reads digits without plus sign as a number whose digits are not in them', () => {
    fc.assert(fc.property(fc.stringMatching(/^\d{1,17}$/), country, (digits, defaultCountry) => {
      const phone = toE164(digits, { defaultCountry });
      // A prefix may go or (small islands) come; Argentina and Mexico also move or drop a mobile mark.
      if (phone.ok && !['52', '54'].includes(phone.callingCode)) expect(digits.endsWith(phone.national.slice(-5))).toBe(true);
    }), { numRuns: 2000 });
  });

  test('gives its own result back unchanged', () => {
    const anything = fc.oneof(fc.stringMatching(/^[+0]{0,2}[0-9 ().-]{6,18}$/), fc.constantFrom(...understood.map(([written]) => String(written))));
    fc.assert(fc.property(anything, country, country, (text, first, second) => {
      const phone = toE164(text, { defaultCountry: first });
      if (!phone.ok) return;
      expect(toE164(phone.e164, { defaultCountry: second })).toMatchObject({ ok: true, e164: phone.e164 });
      expect(phone.e164).toMatch(/^\+[1-9]\d{5,14}$/);
    }), { numRuns: 3000 });
  });

  test('reads the same number through spaces, dashes, dots, brackets and invisible marks', () => {
    const noise = fc.constantFrom('', ' ', '-', '.', ' - ', '\u00A0', '\u200B', '\u2013', ')', '(', '\u2009');
    fc.assert(fc.property(realNumber, fc.array(noise, { minLength: 18, maxLength: 18 }), country, (e164, marks, defaultCountry) => {
      const text = [...e164].map((character, index) => character + (index === 0 ? '' : (marks[index] ?? ''))).join('');
      expect(toE164(text, { defaultCountry })).toMatchObject({ ok: true, e164 });
    }), { numRuns: 1000 });
  });

  test('reads any script\'s digits', () => {
    const zeros = fc.constantFrom(0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10, 0x1d7ce, 0x1d7f6);
    fc.assert(fc.property(realNumber, zeros, (e164, zero) => {
      const text = e164.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
      expect(toE164(text, { defaultCountry: 'BR' })).toMatchObject({ ok: true, e164 });
    }));
  });

  test('refuses two numbers in one text, however they are separated', () => {
    const separator = fc.constantFrom(' / ', '/', ';', ', ', '\n', ' ou ', ' or ', ' y ', ' e ', ' +');
    fc.assert(fc.property(realNumber, realNumber, separator, (one, two, between) => {
      expect(toE164(`${one}${between}${two.slice(between.endsWith('+') ? 1 : 0)}`, { defaultCountry: 'BR' }).ok).toBe(false);
    }));
  });

  test('answers for any input and never throws', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.stringMatching(/^[+0-9 ().;,@x#ext/-]{0,40}$/));
    fc.assert(fc.property(fc.oneof(fc.anything(), text, fc.double(), fc.bigInt()), country, (input, defaultCountry) => {
      const phone = toE164(input, { defaultCountry });
      expect(phone.ok ? phone.e164 : phone.reason).toMatch(/.+/);
    }), { numRuns: 3000 });
  });

  test('takes no longer for hostile text', () => {
    const started = cpuTime();
    for (const piece of ['+', '(', ' ', '1 ', ';1', '0xx', 'ext', '1'.repeat(7), '\u200B']) toE164(piece.repeat(100_000), { defaultCountry: 'BR' });
    for (const piece of ['+', '(', ' ', '1 ', ';1', 'ext 1']) toE164(piece.repeat(Math.floor(200 / piece.length)), { defaultCountry: 'BR' });
    expect(cpuTime() - started).toBeLessThan(1000);
  });
});

describe('digitsOnly', () => {
  test.each([
    ['+55 (85) 98888-7777', '5585988887777'],
    [5585988887777, '5585988887777'],
    ['٠٨٥', '085'],
    ['abc', ''],
    [null, ''],
    [{ phone: '1' }, ''],
  ])('%p', (value, digits) => {
    expect(digitsOnly(value)).toBe(digits);
  });
});

describe('countryOptions', () => {
  test('has every country once, by name, with its calling code', () => {
    const names = countryOptions.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
    expect(countryOptions.map(({ value }) => value).sort()).toEqual([...getCountries(numberingPlans)].sort());
    const codes = countryOptions.map(({ name, value }) => [value, /\(\+(\d+)\)$/.exec(name)?.[1]]);
    expect(codes).toEqual(countryOptions.map(({ value }) => [value, getCountryCallingCode(value as CountryCode, numberingPlans)]));
    expect(names).toEqual(expect.arrayContaining(['Brazil (+55)', 'Portugal (+351)', 'Spain (+34)']));
  });
});
