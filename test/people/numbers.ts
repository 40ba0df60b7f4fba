import { isSamePhone } from '../../nodes/shared/phone/compare';
import { toE164, type DefaultCountry } from '../../nodes/shared/phone/phone';
import { count } from './tally';

/** Brazil's area codes, from the regulator's list. */
const areaCodes = [
  11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45, 46, 47, 48, 49, 51, 53, 54, 55,
  61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83, 84, 85, 86, 87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99,
];

/** The same numbers in each run: a failure can be looked at again. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = generator(20261124);
const digit = (from = 0, to = 9) => String(from + Math.floor(random() * (to - from + 1)));
const digits = (length: number) => Array.from({ length }, () => digit()).join('');
const one = <Entry>(entries: readonly Entry[]) => entries[Math.floor(random() * entries.length)]!;

interface Plan {
  country: DefaultCountry;
  code: string;
  /** A mobile as it is dialled at home, without trunk prefix. */
  mobile: () => string;
  /** How people of the country write it. */
  asAtHome: Array<(national: string) => string>;
}

const grouped = (...lengths: number[]) => (national: string) => {
  let at = 0;
  return lengths.map((length) => national.slice(at, (at += length))).join(' ') + national.slice(at);
};

const plans: Plan[] = [
  {
    country: 'MX', code: '52', mobile: () => one(['55', '33', '81']) + digit(1, 9) + digits(7),
    asAtHome: [grouped(2, 4, 4), (n) => `(${n.slice(0, 2)}) ${n.slice(2, 6)}-${n.slice(6)}`, (n) => n],
  },
  {
    country: 'MX', code: '52', mobile: () => one(['744', '664', '998', '222', '477', '656']) + digit(1, 9) + digits(6),
    asAtHome: [grouped(3, 3, 4), (n) => `044 ${n}`, (n) => `045${n}`, (n) => `01 ${n}`, (n) => `(${n.slice(0, 3)}) ${n.slice(3)}`, (n) => n],
  },
  {
    country: 'AR', code: '54', mobile: () => one(['11' + digit(2, 6) + digits(1), '351' + digit(2, 7), '341' + digit(2, 6)]) + digits(6),
    asAtHome: [(n) => (n.startsWith('11') ? `11 15-${n.slice(2, 6)}-${n.slice(6)}` : `0${n.slice(0, 3)} 15 ${n.slice(3)}`), (n) => `9${n}`, (n) => n],
  },
  { country: 'PT', code: '351', mobile: () => '9' + one(['1', '2', '3', '6']) + digits(7), asAtHome: [grouped(3, 3, 3), (n) => n, (n) => `${n.slice(0, 3)}-${n.slice(3)}`] },
  { country: 'ES', code: '34', mobile: () => '6' + digits(8), asAtHome: [grouped(3, 3, 3), grouped(3, 2, 2, 2), (n) => n] },
  { country: 'IT', code: '39', mobile: () => one(['347', '328', '333', '320', '340', '338', '391', '389']) + digits(7), asAtHome: [grouped(3, 3, 4), grouped(3, 7), (n) => n] },
  { country: 'CO', code: '57', mobile: () => one(['300', '301', '310', '311', '315', '320', '321']) + digits(7), asAtHome: [grouped(3, 3, 4), (n) => n, (n) => `(${n.slice(0, 3)}) ${n.slice(3)}`] },
  { country: 'CL', code: '56', mobile: () => '9' + digit(3, 9) + digits(7), asAtHome: [grouped(1, 4, 4), (n) => n] },
  { country: 'PE', code: '51', mobile: () => '9' + digits(8), asAtHome: [grouped(3, 3, 3), (n) => n] },
  { country: 'UY', code: '598', mobile: () => '9' + digit(1, 9) + digits(6), asAtHome: [(n) => `0${n}`, (n) => `0${n.slice(0, 2)} ${n.slice(2, 5)} ${n.slice(5)}`, (n) => n] },
  { country: 'PY', code: '595', mobile: () => '9' + one(['71', '81', '82', '83', '91', '61']) + digits(6), asAtHome: [(n) => `0${n}`, (n) => `(0${n.slice(0, 3)}) ${n.slice(3)}`, (n) => n] },
  { country: 'VE', code: '58', mobile: () => one(['412', '414', '416', '424', '426']) + digits(7), asAtHome: [(n) => `0${n.slice(0, 3)}-${n.slice(3)}`, (n) => `0${n}`, (n) => n] },
  {
    country: 'US', code: '1', mobile: () => one(['212', '305', '415', '617', '702', '786', '954']) + digit(2, 9) + digit(2, 9) + digits(5),
    asAtHome: [(n) => `(${n.slice(0, 3)}) ${n.slice(3, 6)}-${n.slice(6)}`, grouped(3, 3, 4), (n) => `1 ${n}`, (n) => n],
  },
];

/** Brazil, one plan for each area code. */
const brazil: Plan[] = areaCodes.map((area) => ({
  country: 'BR', code: '55', mobile: () => `${area}9${digit(1, 9)}${digits(7)}`,
  asAtHome: [
    (n) => `(${n.slice(0, 2)}) ${n.slice(2, -4)}-${n.slice(-4)}`, grouped(2, 5, 4), (n) => `0${n.slice(0, 2)} ${n.slice(2, 7)}-${n.slice(7)}`,
    (n) => `(0${n.slice(0, 2)}) ${n.slice(2)}`, (n) => `${n.slice(0, 2)}.${n.slice(2, 7)}.${n.slice(7)}`, (n) => n,
  ],
}));

const insertAt = (text: string, index: number, what: string) => text.slice(0, index) + what + text.slice(index);

/** Reads a number, and says when it becomes somebody else's. */
function reach(written: string, country: DefaultCountry, meant: string): 'nobody' | 'right' | 'somebody else' {
  const phone = toE164(written, { defaultCountry: country });
  const outcome = !phone.ok ? 'nobody' : isSamePhone(phone.e164, meant) ? 'right' : 'somebody else';
  count(`${country} ${written}, meant ${meant}, became ${phone.ok ? phone.e164 : 'nobody'}`, outcome !== 'somebody else');
  return outcome;
}

/** Numbers of one plan, however written: well, and with a slip of the finger. */
export function tryPlan({ country, code, mobile, asAtHome }: Plan, numbers: number): { unread: string[] } {
  const unread: string[] = [];
  for (let index = 0; index < numbers; index += 1) {
    const national = mobile();
    const meant = `+${code}${national}`;
    const well = [meant, `+${code} ${national}`, `00${code}${national}`, `${code}${national}`, `whatsapp:${meant}`, `${code}${national}@s.whatsapp.net`, `p:${meant}`, `Cel: ${meant}`, `${meant} (Ana)`];
    for (const written of country === 'US' ? well.filter((one) => !one.startsWith('00')) : well) if (reach(written, country, meant) !== 'right') unread.push(written);
    for (const write of asAtHome) {
      if (reach(write(national), country, meant) !== 'right') unread.push(write(national));
      // A number that lacks a digit of its area code is whole in another area; without its 9 a Brazilian mobile is a fixed
      // line's number, or the old spelling of itself.
      const behind = country === 'BR' ? (national[3]! > '5' ? 2 : 3) : country === 'AR' ? 3 : 1;
      for (let at = 0; at <= national.length; at += 1) {
        // In front of an Italian mobile a 0 makes a fixed line's number.
        const more = country === 'IT' && at === 0 ? digit(1, 9) : digit();
        const written = write(insertAt(national, at, more));
        // Twelve digits alone that begin with 55 are a number with its country code, as WhatsApp and exports write it.
        if (!(country === 'BR' && /^55[1-9]{2}\d{8}$/.test(written))) reach(written, country, meant);
        if (at >= behind && at < national.length) reach(write(national.slice(0, at) + national.slice(at + 1)), country, meant);
      }
    }
    // With its country code, but without plus sign, and with a digit too many.
    for (let at = code.length; at <= code.length + national.length; at += 1) reach(insertAt(code + national, at, digit()), country, meant);
    // At home elsewhere: the number of a country whose code is not there.
    for (const other of ['BR', 'MX', 'PT', 'US'] as const) if (other !== country) unknownHome(national, other);
  }
  return { unread };
}

/** A number without its country code is one of the default country or nobody's; never one of a third. */
function unknownHome(national: string, country: DefaultCountry): void {
  const phone = toE164(national, { defaultCountry: country });
  const code = { BR: '55', MX: '52', PT: '351', US: '1' }[country as 'BR' | 'MX' | 'PT' | 'US'];
  count(`${country} ${national} became ${phone.ok ? phone.e164 : ''}`, !phone.ok || phone.callingCode === code);
}

export { brazil, plans };
