import { emailsSent } from './emails-sent';

const step = (stepKey: string, sent: number) => ({ stepKey, sent, pending: 0, skipped: 0, failed: 0, unknown: 0 });
const name = (stepKey: string, kind: 'email' | 'notify') => ({ stepKey, kind, number: 1, subject: null });

describe('the e-mails that an activation has sent', () => {
  it('are those of its e-mail steps', () => {
    const names = [name('welcome', 'email'), name('told', 'notify'), name('proof', 'email')];
    expect(emailsSent({ names, steps: [step('welcome', 9), step('told', 4), step('proof', 7)] })).toBe(16);
  });
});
