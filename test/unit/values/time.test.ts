import fc from 'fast-check';

import { localTimeToUtc } from '../../../nodes/shared/values/time';

test.each([
  ['2026-12-24T09:00:00', 'America/Fortaleza', '2026-12-24T12:00:00.000Z'],
  ['2026-12-24 09:00', 'America/Sao_Paulo', '2026-12-24T12:00:00.000Z'],
  ['2026-07-01T09:00:00', 'Europe/Lisbon', '2026-07-01T08:00:00.000Z'],
  ['2026-01-01T09:00:00', 'Europe/Madrid', '2026-01-01T08:00:00.000Z'],
  ['2026-12-24', 'UTC', '2026-12-24T00:00:00.000Z'],
  ['2026-12-24T09:00:00Z', 'America/Fortaleza', '2026-12-24T09:00:00.000Z'],
  ['2026-12-24T09:00:00.5-0300', 'UTC', '2026-12-24T12:00:00.500Z'],
  ['2026-12-24T09:00:00+05:30', 'UTC', '2026-12-24T03:30:00.000Z'],
  // The clock change in Portugal: 01:30 does not exist on 29 March; the hour after it is meant.
  ['2026-03-29T03:30:00', 'Europe/Lisbon', '2026-03-29T02:30:00.000Z'],
])('%s in %s', (text, zone, utc) => {
  expect(localTimeToUtc(text, zone)).toBe(utc);
});

test.each(['', 'tomorrow', '24/12/2026', '2026-13-01', '2026-02-31', '2026-12-24T25:00:00', '2026-12-24T09', '1700000000'])('%s is no date', (text) => {
  expect(localTimeToUtc(text, 'UTC')).toBeNull();
});

test('property: a moment written in a zone reads back as the moment', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), fc.constantFrom('America/Sao_Paulo', 'Europe/Lisbon', 'Asia/Kolkata', 'UTC'), (moment, timeZone) => {
      const whole = new Date(Math.floor(moment.getTime() / 1000) * 1000);
      const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(whole);
      const read = localTimeToUtc(local, timeZone)!;
      // An hour that comes twice in autumn is ambiguous: either reading is right.
      expect([0, 3_600_000]).toContain(Math.abs(Date.parse(read) - whole.getTime()));
    }),
  );
});
