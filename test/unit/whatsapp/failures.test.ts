import { explainFailure } from '../../../nodes/shared/whatsapp/failures';

describe('why WhatsApp refused a message', () => {
  it.each([
    ['(#132000) Number of parameters does not match the expected number of params', 132000],
    ['131053: Media upload error', 131053],
    ['131047: Re-engagement message', 131047],
    ['{"code":131026,"title":"Message undeliverable"}', 131026],
    ['(#190) Invalid OAuth access token', 190],
    ['More than 24 hours have passed since the customer last replied', 131047],
    ['Template not found or invalid template name', 132001],
    ['(#131056) (Business Account, Consumer Account) pair rate limit hit', 131056],
  ])('%s', (reason, code) => {
    expect(explainFailure(reason)).toMatchObject({ code, reason: expect.stringMatching(/\w/), advice: expect.stringMatching(/\.$/) });
  });

  it.each([131026, 131047, 131049, 131051, 131053, 131056, 132000, 132001, 132005, 132007, 132012, 132015, 132018, 133010, 190, 368, 470])('knows %i', (code) => {
    expect(explainFailure(`(#${code}) x`).reason).not.toContain('#');
  });

  it('keeps words that it does not know', () => {
    expect(explainFailure('Número bloqueado')).toEqual({ code: null, reason: 'Número bloqueado', advice: 'Look at the message in the conversation.' });
    expect(explainFailure(null).reason).toBe('The channel gave no reason');
  });
});
