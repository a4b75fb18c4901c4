import fc from 'fast-check';
import { advance, type Advance, begin, type EnrolmentState } from './advance.js';
import { isInOrder, targetAfter, targetOf } from './continuation.js';
import { sequenceAfter } from './entry.js';
import { aSequence, circumstances, sequences } from './sequence.fixture.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { END, isAction } from './step.js';

const START = new Date('2026-11-24T12:00:00Z');
const email = (key: string): object => ({ key, email: 'mail' });
const wait = (key: string): object => ({ key, wait: { hours: 24 } });
const open = { window: { from: '00:00', to: '23:59', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } };
const of = (...steps: object[]): SequenceDefinition => aSequence({ ...open, steps });

/** A contact with the decisions that it got, and the sequence that its position is of. */
interface Life {
  state: EnrolmentState;
  positionOf: SequenceDefinition;
  readonly decisions: { readonly step: string; readonly round: number; readonly isDone: boolean }[];
}

function beginLife(sequence: SequenceDefinition): Life {
  const life: Life = {
    state: { state: 'waiting', step: null, round: 1, dueAt: null, since: START },
    positionOf: sequence,
    decisions: [],
  };
  record(life, begin(sequence, START, circumstances({ now: START })), sequence);
  return life;
}

/** As enrolments are stored: a position is of the present sequence, unless its action is still being done. */
function record(life: Life, { next, effects }: Advance, sequence: SequenceDefinition): void {
  for (const effect of effects)
    if (effect.kind === 'act' || effect.kind === 'skip')
      life.decisions.push({ step: effect.step.key, round: effect.round, isDone: effect.kind === 'act' });
  if (life.state.state !== 'acting' || next.state !== 'acting') life.positionOf = sequence;
  life.state = next;
}

/** One due time, with the outcome of its action. @returns false when the life is over. */
function live(life: Life, sequence: SequenceDefinition): boolean {
  const { state } = life;
  if (state.dueAt === null && state.state !== 'acting') return false;
  const now = state.dueAt ?? START;
  const decided = new Set(life.decisions.filter(({ round }) => round === life.state.round).map(({ step }) => step));
  const known = circumstances({ now, decided });
  const own = life.positionOf === sequence ? sequence : sequenceAfter(life.positionOf, sequence);
  record(
    life,
    advance(own, state, state.state === 'acting' ? { kind: 'decided', at: now } : { kind: 'due' }, known),
    sequence,
  );
  return true;
}

const finish = (life: Life, sequence: SequenceDefinition): void => {
  for (let steps = 0; live(life, sequence); steps++) expect(steps).toBeLessThan(2000);
};

/** Steps of one kind or another, without ways of their own. */
const written = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { minLength: 1 });
const isWait = fc.func(fc.boolean());
const plans = fc.record({ before: written, after: written, waits: isWait });
const linear = (keys: readonly string[], waits: (key: string) => boolean): SequenceDefinition =>
  of(...keys.map((key) => (waits(key) ? wait(key) : email(key))));

describe('a contact on its way, when another version replaces its own', () => {
  it('waits at the same step, or goes on at the next one that is still there', () => {
    const earlier = of(email('a'), wait('b'), email('c'), email('d'));
    expect(targetOf({ earlier, sequence: of(email('a'), wait('b'), email('c')) }, 'c').step).toBe('c');
    expect(targetOf({ earlier, sequence: of(email('a'), email('d')) }, 'b').step).toBe('d');
    expect(targetOf({ earlier, sequence: of(email('a')) }, 'd').step).toBe(END);
  });

  it('gets new steps that are behind its own, and none that is before', () => {
    const earlier = of(email('a'), email('c'));
    const sequence = of(email('new'), email('a'), email('also-new'), email('c'));
    expect(targetOf({ earlier, sequence }, 'c').step).toBe('c');
    expect(targetAfter({ earlier, sequence }, 'a', new Set(['a'])).step).toBe('also-new');
  });

  it('gets a step first that was to come and now is before', () => {
    const earlier = of(email('a'), email('b'), email('c'));
    expect(targetOf({ earlier, sequence: of(email('a'), email('c'), email('b')) }, 'b').step).toBe('c');
    expect(targetAfter({ earlier, sequence: of(email('c'), email('a'), email('b')) }, 'a', new Set(['a'])).step).toBe(
      'c',
    );
  });

  it('begins another round where the way back is the one that was kept', () => {
    const earlier = of(email('a'), wait('b'), { ...email('c'), next: 'a' });
    expect(targetOf({ earlier, sequence: of(email('a'), wait('b')) }, 'c')).toEqual({ step: 'a', isNewRound: true });
  });

  it('gets no step twice and loses none, whatever is edited and whenever it happens', () => {
    fc.assert(
      fc.property(plans, fc.nat(12), ({ before, after, waits }, at) => {
        const [earlier, sequence] = [linear(before, waits), linear(after, waits)];
        const life = beginLife(earlier);
        for (let n = 0; n < at; n++) live(life, earlier);
        const had = life.decisions.map(({ step }) => step);
        const stoodAt = life.state.step;
        finish(life, sequence);
        const got = life.decisions.map(({ step }) => step);
        expect(new Set(got).size).toBe(got.length);
        const owed = stoodAt === null ? [] : earlier.steps.slice(before.indexOf(stoodAt)).filter(isAction);
        const stillThere = owed.filter(({ key }) => after.includes(key) && !had.includes(key));
        expect(got).toEqual(expect.arrayContaining(stillThere.map(({ key }) => key)));
        expect(life.state.state).toBe('completed');
      }),
      { numRuns: 1000 },
    );
  });

  it('follows the new version alone where steps keep their order', () => {
    const earlier = of(email('a'), email('b'));
    const sequence = of(email('a'), { ...email('c'), next: 'end' }, email('b'));
    expect(isInOrder({ earlier, sequence })).toBe(true);
    expect(targetAfter({ earlier, sequence }, 'c', new Set(['a', 'c'])).step).toBe(END);
  });

  it('gets no step twice through any number of updates and roll-backs', () => {
    const moments = fc.array(fc.record({ to: fc.nat(2), steps: fc.nat(4) }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.tuple(written, written, written), isWait, moments, (keys, waits, updates) => {
        const versions = keys.map((one) => linear(one, waits));
        let [version] = versions;
        if (version === undefined) return;
        const life = beginLife(version);
        for (const { to, steps } of updates) {
          version = versions[to] ?? version;
          for (let n = 0; n < steps; n++) live(life, version);
        }
        finish(life, version);
        const done = life.decisions.map(({ step, round }) => `${step} ${round}`);
        expect(new Set(done).size).toBe(done.length);
        expect(life.state.state).toBe('completed');
      }),
      { numRuns: 1000 },
    );
  });

  it('ends, also between sequences with ways back, branches and waits for events', () => {
    fc.assert(
      fc.property(sequences, sequences, fc.nat(20), (earlier, sequence, at) => {
        const life = beginLife(earlier);
        for (let n = 0; n < at; n++) live(life, earlier);
        finish(life, sequence);
        const done = life.decisions.map(({ step, round }) => `${step} ${round}`);
        expect(new Set(done).size).toBe(done.length);
        expect(['completed', 'exited']).toContain(life.state.state);
      }),
      { numRuns: 500 },
    );
  });
});
