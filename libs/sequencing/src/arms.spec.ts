import { armsOf, emailOf, testedStepOf } from './arms.js';
import { holdOutPercentOf } from './hold-out.js';
import { aSequence } from './sequence.fixture.js';
import { sequenceProblems } from './sequence-problems.js';
import { sequenceSchema } from './sequence-definition.js';

const TESTED = { key: 'welcome', email: 'welcome', test: ['welcome-2', 'welcome-3'] };
const codesOf = (...steps: object[]): string[] =>
  sequenceProblems(aSequence({ steps })).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('a step that tests e-mails', () => {
  const sequence = aSequence({
    steps: [TESTED, { key: 'pause', wait: { days: 1 } }, { key: 'proof', email: 'proof' }],
  });
  const [step] = sequence.steps;
  if (step?.kind !== 'email') throw new Error('The first step sends an e-mail.');

  it('has its own e-mail first', () => {
    expect(armsOf(step)).toEqual(['welcome', 'welcome-2', 'welcome-3']);
    expect(testedStepOf(sequence)).toEqual({
      stepKey: 'welcome',
      of: 'email',
      arms: ['welcome', 'welcome-2', 'welcome-3'],
    });
    expect(testedStepOf({ steps: sequence.steps.slice(1) })).toBeNull();
  });

  it('sends the e-mail that was drawn, and its own where a newer version lacks that', () => {
    expect([null, 'welcome', 'welcome-3', 'gone'].map((arm) => emailOf(step, arm))).toEqual([
      'welcome',
      'welcome',
      'welcome-3',
      'welcome',
    ]);
  });

  it('is the only one of a sequence, and names each e-mail once', () => {
    const pause = { key: 'pause', wait: { days: 1 } };
    expect(codesOf(TESTED, pause, { key: 'proof', email: 'proof', test: ['proof-2'] })).toEqual([
      'second-test steps.2.test',
    ]);
    expect(codesOf({ ...TESTED, test: ['welcome'] })).toEqual(['arm-twice steps.0.test']);
    expect(() => aSequence({ steps: [{ ...pause, test: ['welcome'] }] })).toThrow('is for e-mails');
    expect(() => aSequence({ steps: [{ ...TESTED, test: ['a', 'b', 'c', 'd'] }] })).toThrow();
  });
});

describe('the hold-out of a sequence', () => {
  const held = (percent: number) => sequenceSchema.shape.holdOut.safeParse({ percent }).success;

  it('is at most a fifth of the contacts, and none where the partner refuses it', () => {
    expect([0, 1, 20, 21, 2.5].map(held)).toEqual([false, true, true, false, false]);
    const sequence = aSequence({ holdOut: { percent: 10 }, steps: [] });
    expect(holdOutPercentOf(sequence, {})).toBe(10);
    expect(holdOutPercentOf(sequence, { withoutHoldOut: true })).toBe(0);
    expect(holdOutPercentOf({}, {})).toBe(0);
  });
});
