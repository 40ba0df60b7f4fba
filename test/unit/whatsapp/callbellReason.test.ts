import { failureReason } from '../../../nodes/Callbell/actions/message/message';

describe('why Callbell says that a message has failed', () => {
  it.each([
    ['Gupshup', { id: 'x', payload: { code: 1013, reason: 'User has not opted in' } }, 'User has not opted in'],
    ["WhatsApp's own Cloud API", { messaging: { value: { statuses: [{ id: 'wamid.1', recipient_id: '5585', errors: [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'Recipient is not on WhatsApp' } }] }] } } }, 'Recipient is not on WhatsApp'],
    ['the same without details', { messaging: { value: { statuses: [{ errors: [{ code: 131026, title: 'Message undeliverable' }] }] } } }, 'Message undeliverable'],
    ['nothing', { id: 'x' }, null],
  ])('%s', (_what, payload, reason) => {
    expect(failureReason(payload)).toBe(reason);
  });
});
