import { aSequence } from './sequence.fixture.js';
import { mostActions } from './sequence-graph.js';

const mail = (key: string, next?: string) => ({ key, email: key, ...(next === undefined ? {} : { next }) });
const whenMaker = (then: string) => [{ field: 'industry', is: ['making'], then }];

describe('the largest number of actions that one contact can get', () => {
  it('is that of all actions without a branch', () => {
    expect(mostActions(aSequence({ steps: [mail('a'), { key: 'w', wait: { days: 2 } }, mail('b')] }))).toBe(2);
  });

  it('is that of the longest branch', () => {
    const steps = [
      { key: 'ask', branch: whenMaker('short'), else: 'long' },
      mail('short', 'end'),
      mail('long'),
      mail('longer'),
      mail('longest'),
    ];
    expect(mostActions(aSequence({ steps }))).toBe(3);
  });

  it('is that of all actions with a loop, in which a contact can take each branch', () => {
    const steps = [
      { key: 'ask', branch: whenMaker('one'), else: 'two' },
      mail('one', 'again'),
      mail('two', 'again'),
      { key: 'again', wait: { days: 3 }, next: 'ask' },
    ];
    const sequence = { steps: aSequence({ steps: steps.map((step) => ({ ...step })) }).steps };
    expect(mostActions(sequence)).toBe(2);
  });
});
