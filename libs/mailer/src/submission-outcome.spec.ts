import { outcomeOfConnectionLoss, outcomeOfRefusal, type SmtpPhase } from './submission-outcome.js';

const judge = (code: number, enhanced: string | null, phase: SmtpPhase) =>
  outcomeOfRefusal({ code, enhanced, text: 'no' }, phase);

describe('a refusal', () => {
  it.each([
    [535, '5.7.8', 'session', 'relay'],
    [550, '5.7.1', 'mail', 'sender'],
    [451, null, 'mail', 'relay'],
    [421, '4.7.0', 'recipient', 'relay'],
    [450, '4.2.0', 'recipient', 'message'],
    [451, '4.7.1', 'recipient', 'destination'],
    [451, '4.4.1', 'end-of-data', 'destination'],
    [452, '4.2.2', 'end-of-data', 'message'],
  ] as const)('%i %s at %s is for now, about the %s', (code, enhanced, phase, about) => {
    expect(judge(code, enhanced, phase)).toMatchObject({ kind: 'transient', about });
  });

  it.each([
    [421, null, 'recipient', true],
    [421, '4.7.0', 'end-of-data', true],
    [450, null, 'recipient', true],
    [451, '4.3.2', 'end-of-data', true],
    [451, null, 'mail', false],
    [421, null, 'session', false],
    [450, '4.2.1', 'recipient', false],
    [451, '4.1.8', 'recipient', false],
    [452, null, 'end-of-data', false],
  ] as const)('%i %s at %s: it is %s that all of us may be meant', (code, enhanced, phase, mayBeDestination) => {
    expect(judge(code, enhanced, phase)).toMatchObject({ mayBeDestination });
  });

  it.each([
    [550, '5.1.1', 'recipient', true],
    [550, null, 'recipient', true],
    [550, '5.1.10', 'end-of-data', true],
    [552, '5.2.2', 'recipient', false],
    [550, '5.7.1', 'recipient', false],
    [550, '5.7.515', 'end-of-data', false],
    [554, null, 'end-of-data', false],
    [552, '5.3.4', 'mail', false],
  ] as const)(
    '%i %s at %s is for good, and it is %s that the address is dead',
    (code, enhanced, phase, deadAddress) => {
      expect(judge(code, enhanced, phase)).toMatchObject({ kind: 'permanent', deadAddress });
    },
  );
});

describe('a lost connection', () => {
  it('is no acceptance before end-of-data', () => {
    expect(outcomeOfConnectionLoss(new Error('reset'), false)).toMatchObject({ kind: 'transient', about: 'relay' });
  });

  it('is unknown after end-of-data', () => {
    expect(outcomeOfConnectionLoss(new Error('reset'), true)).toMatchObject({ kind: 'unknown' });
  });
});
