import type { SubmissionOutcome } from '#mailer';
import { destinationAnswerOf, tallyOf } from './relay-answers.js';

const outcome = (fields: object): { outcome: SubmissionOutcome } => ({
  outcome: { text: '', ...fields } as unknown as SubmissionOutcome,
});
const accepted = outcome({ kind: 'accepted' });
const unknown = outcome({ kind: 'unknown' });
const transient = outcome({ kind: 'transient', about: 'message', mayBeDestination: false });
const refused = (fields: object): { outcome: SubmissionOutcome } =>
  outcome({ kind: 'permanent', code: 550, deadAddress: false, enhanced: null, ...fields });

describe('what the circuit breaker counts', () => {
  it('counts accepted, unknown and refused messages as submitted', () => {
    expect(tallyOf([accepted, unknown, refused({})])).toEqual({ submitted: 3, bounced: 0, complained: 0 });
  });

  it('does not count a message that is tried again', () => {
    expect(tallyOf([transient])).toEqual({ submitted: 0, bounced: 0, complained: 0 });
  });

  it('does not count a message that we refused: the relay never saw it', () => {
    expect(tallyOf([refused({ code: 0, deadAddress: true })])).toEqual({ submitted: 0, bounced: 0, complained: 0 });
  });

  it.each([
    ['a dead address', { deadAddress: true }, 1],
    ['a policy refusal (5.7.x)', { enhanced: '5.7.1' }, 1],
    ['another refusal', { enhanced: '5.3.4' }, 0],
  ])('counts %s as bounced: %s', (_what, fields, bounced) => {
    expect(tallyOf([refused(fields)]).bounced).toBe(bounced);
  });
});

describe('what an outcome says about the mail servers of a destination', () => {
  it.each([
    ['accepted mail', { kind: 'accepted' }, 'accepted'],
    ['a request for a lower rate', { kind: 'transient', about: 'destination' }, 'slow-down'],
    ['a delay that may be theirs', { kind: 'transient', about: 'message', mayBeDestination: true }, 'unexplained'],
    ['a delay of ours', { kind: 'transient', about: 'message', mayBeDestination: false }, null],
    ['a permanent refusal', { kind: 'permanent', code: 550 }, null],
    ['an unknown outcome', { kind: 'unknown' }, null],
  ])('%s', (_what, fields, expected) => {
    expect(destinationAnswerOf(outcome(fields).outcome)).toBe(expected);
  });
});
