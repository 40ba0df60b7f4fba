import { isTimeZone, isWithin, minutesOf, untilOpen } from '../../../nodes/shared/campaign/hours';

describe('Sending hours', () => {
  const at = (text: string) => Date.parse(text);
  const office = { from: 9 * 60, until: 18 * 60, days: [1, 2, 3, 4, 5], timezone: 'America/Fortaleza' };

  it.each([
    ['2026-11-20T11:59:59Z', false], // Friday 08:59 in Fortaleza
    ['2026-11-20T12:00:00Z', true],
    ['2026-11-20T20:59:59Z', true],
    ['2026-11-20T21:00:00Z', false],
    ['2026-11-21T15:00:00Z', false], // Saturday
  ])('in Fortaleza at %s: %s', (time, open) => expect(isWithin(office, at(time))).toBe(open));

  it('reaches over midnight, where the early hours belong to the day before', () => {
    const night = { from: 22 * 60, until: 2 * 60, days: [5], timezone: 'UTC' };
    expect(['2026-11-20T23:00Z', '2026-11-21T01:59Z', '2026-11-21T02:00Z', '2026-11-20T01:00Z', '2026-11-21T23:00Z'].map((time) => isWithin(night, at(time)))).toEqual([true, true, false, false, false]);
  });

  it('knows when they begin, also over a clock change', () => {
    expect(untilOpen(office, at('2026-11-20T11:30:00Z'))).toBe(30 * 60_000);
    expect(untilOpen(office, at('2026-11-20T22:00:00Z'))).toBe(62 * 3_600_000);
    expect(untilOpen({ ...office, days: [] }, at('2026-11-20T15:00:30Z'))).toBe(0);
    // Lisbon leaves summer time on 25 October 2026.
    expect(new Date(at('2026-10-24T20:00:00Z') + untilOpen({ from: 540, until: 1080, days: [0], timezone: 'Europe/Lisbon' }, at('2026-10-24T20:00:00Z'))!).toISOString()).toBe('2026-10-25T09:00:00.000Z');
    expect(untilOpen({ from: 540, until: 1080, days: [9], timezone: 'UTC' }, 0)).toBeUndefined();
  });

  it.each([['9', 540], ['09:30', 570], ['24:00', 1440], ['24:01', undefined], ['9h', undefined], ['10:60', undefined]])('reads %s as %s', (text, minutes) => expect(minutesOf(text)).toBe(minutes));

  it('knows time zones', () => expect(['America/Fortaleza', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, false]));
});
