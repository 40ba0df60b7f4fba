import fc from 'fast-check';

import { isSamePhone, phoneKey, phoneSpellings } from '../../../nodes/shared/phone/compare';

describe('phoneSpellings', () => {
  test.each([
    ['+5585988887777', ['+5585988887777', '+558588887777']],
    ['+558588887777', ['+558588887777', '+5585988887777']],
    ['+558598888777', ['+558598888777', '+5585998888777']],
    // Without its 9 it would be a fixed line's number.
    ['+5511955554444', ['+5511955554444']],
    ['+558533334444', ['+558533334444']],
    ['+5540041234', ['+5540041234']],
    ['+525512345678', ['+525512345678', '+5215512345678']],
    ['+5215512345678', ['+5215512345678', '+525512345678']],
    ['+527441234567', ['+527441234567', '+5217441234567']],
    // No Mexican number begins with 1.
    ['+521234567890', ['+521234567890']],
    ['+5491155551234', ['+5491155551234', '+541155551234']],
    ['+541155551234', ['+541155551234', '+5491155551234']],
    ['+5493516789012', ['+5493516789012', '+543516789012']],
    ['+548001234567', ['+548001234567']],
    ['+351912345678', ['+351912345678']],
    ['+34627544806', ['+34627544806']],
    ['+12025550143', ['+12025550143']],
  ])('%s', (e164, spellings) => {
    expect(phoneSpellings(e164)).toEqual(spellings);
  });

  test('each spelling leads back to the other', () => {
    fc.assert(fc.property(fc.stringMatching(/^\+(?:55[1-9]{2}9?[6-9]\d{7}|521?[2-9]\d{9}|549?(?:11\d{8}|[23]\d{9}))$/), (e164) => {
      const [same, other] = phoneSpellings(e164);
      expect(same).toBe(e164);
      expect(other && phoneSpellings(other)).toEqual([other, e164]);
      expect(phoneKey(other!)).toBe(phoneKey(e164));
      expect(isSamePhone(e164, other)).toBe(true);
    }));
  });
});

describe('isSamePhone', () => {
  test.each([
    ['5585988887777', '+55 85 8888-7777', true],
    ['5215512345678', '+525512345678', true],
    [5491155551234, '541155551234', true],
    ['+351912345678', '351 912 345 678', true],
    // Alike in the last eight digits only.
    ['+5585988887777', '+5511988887777', false],
    ['+351912345678', '+34912345678', false],
    ['+525512345678', '+545512345678', false],
    ['', '', false],
    [null, null, false],
    [undefined, '+5585988887777', false],
    ['+5585988887777 / +5585988887777', '+5585988887777 / +5585988887777', false],
    ['Ana', 'Ana', false],
  ])('%p and %p', (a, b, same) => {
    expect(isSamePhone(a, b)).toBe(same);
    expect(isSamePhone(b, a)).toBe(same);
  });

  test('no two numbers of other people are taken for one', () => {
    fc.assert(fc.property(fc.stringMatching(/^\+[1-9]\d{9,13}$/), fc.stringMatching(/^\+[1-9]\d{9,13}$/), (a, b) => {
      expect(isSamePhone(a, b)).toBe(a === b || phoneSpellings(a).includes(b));
    }));
  });
});

describe('phoneKey', () => {
  test.each([['+5585988887777', '558588887777'], ['+351910000111', '351910000111']])('%s', (e164, key) => expect(phoneKey(e164)).toBe(key));
});
