import { campaignReport } from '../../../nodes/shared/campaign/report';
import { summaryOf } from '../../../nodes/shared/campaign/summary';

const row = (status: string, more: object = {}) => ({ campaign: 'Natal', phone: '+5585988887701', name: 'Ana', status, reason: null, messageId: null, text: 'Olá', at: '2026-11-28T12:00:00.000Z', ...more });

describe('the page of a campaign', () => {
  it('has counts, reasons and times, and names who did not get it', () => {
    const page = campaignReport('Natal', 'Callbell', [
      row('delivered'), row('delivered', { at: '2026-11-28T13:30:00.000Z' }), row('failed', { name: 'Bia', reason: 'No WhatsApp' }), row('skipped', { name: 'Caio', reason: 'Has not opted in' }), row('failed', { reason: 'No WhatsApp' }),
    ]);
    expect(page).toContain('Callbell: 5 people, from 2026-11-28T12:00:00.000Z to 2026-11-28T13:30:00.000Z (UTC)');
    expect(page).toContain('<tr><td>Delivered</td><td>2</td></tr>');
    expect(page).toContain('<tr><td>Failed: No WhatsApp</td><td>2</td></tr>');
    expect(page).toMatch(/<td>Bia<\/td><td>Failed<\/td><td>No WhatsApp<\/td>/);
    expect(page).toMatch(/<td>Caio<\/td><td>Left out<\/td>/);
    expect(page).not.toContain('<td>Read</td>');
  });

  it('has no scripts, fetches nothing, and shows every text as it is', () => {
    const evil = '<script>alert(1)</script>"\'`<img src=x onerror=alert(1)>&';
    const page = campaignReport(evil, evil, [row('failed', { name: evil, reason: evil, phone: evil })]);
    expect(page).not.toMatch(/<script|<img|javascript:|https?:/i);
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#96;&#60;img');
    expect(page).toContain("default-src 'none'");
  });

  it('counts everybody, and lists 500 by name', () => {
    const page = campaignReport('Natal', 'Kinbox', Array.from({ length: 700 }, () => row('notSent', { reason: '__proto__' })));
    expect(page).toContain('<tr><td>Not sent</td><td>700</td></tr>');
    expect(page.match(/<td>Ana<\/td>/g)).toHaveLength(500);
    expect(page).toContain('200 more are not listed here.');
  });
});

it('the summary counts who read a message as one who got it', () => {
  expect(summaryOf('Natal', ['read', 'delivered', 'sent', 'queued', 'failed', 'unsure', 'unknown'].map((status) => row(status, status === 'failed' ? { reason: 'constructor' } : {})))).toEqual({
    campaign: 'Natal', messages: 7, sent: 3, delivered: 2, read: 1, failed: 1, waiting: 1, other: 1, unsure: 1, answered: null, reasons: [{ reason: 'constructor', times: 1 }],
  });
});
