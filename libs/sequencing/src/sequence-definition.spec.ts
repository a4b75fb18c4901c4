import { advance, begin } from './advance.js';
import { NOTHING_KNOWN } from './condition.js';
import { entriesOf, goalsReachedBy, sequenceFor } from './entry.js';
import { endsByExclusion } from './exclusion.js';
import { longestPathDays } from './longest-path.js';
import { onlyIf } from './only-if.js';
import { sequenceSchema } from './sequence-definition.js';
import { mostActions } from './sequence-graph.js';
import { aSequence, circumstances } from './sequence.fixture.js';
import type { EntryTrigger } from './step.js';
import { sequenceProblems } from './sequence-problems.js';

const NOON = new Date('2026-11-24T12:00:00Z');
const mail = (key: string, over: object = {}): object => ({ key, email: 'welcome', ...over });
const problems = (steps: readonly unknown[]): string[] =>
  sequenceProblems(aSequence({ steps })).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('a sequence as it is written', () => {
  it('that is plain is read as it always was', () => {
    const { steps } = aSequence({ steps: [mail('a'), { key: 'b', wait: { days: 4, hours: 1 } }] });
    expect(steps).toEqual([
      { key: 'a', kind: 'email', email: 'welcome' },
      { key: 'b', kind: 'wait', hours: 97 },
    ]);
  });

  it.each([
    ['two kinds', { key: 'a', email: 'welcome', wait: { days: 1 } }],
    ['no kind', { key: 'a' }],
    ['a wait in two forms', { key: 'a', wait: { days: 1, businessDays: 2 } }],
    ['a time without days', { key: 'a', wait: { at: '09:00' } }],
    ['weekdays without a time', { key: 'a', wait: { weekdays: ['mon'] } }],
    ['an until without a time-out', { key: 'a', until: [{ click: 'any' }] }],
    ['a branch with a time-out', { key: 'a', branch: [{ click: 'any' }], within: { days: 1 } }],
    ['a next on an until', { key: 'a', until: [{ click: 'any' }], within: { days: 1 }, next: 'end' }],
    ['an else on a mail', mail('a', { else: 'end' })],
    ['two conditions in one way', { key: 'a', branch: [{ click: 'any', reply: true }] }],
    ['a field without a value', { key: 'a', branch: [{ field: 'industry' }] }],
    ['a value without a field', { key: 'a', branch: [{ reply: true, is: ['x'] }] }],
    ['an open, which cannot be known', { key: 'a', until: [{ open: true }], within: { days: 1 } }],
    ['the key "end"', mail('end')],
    ['dates the wrong way round', mail('a', { valid: { from: '2026-12-02', to: '2026-12-01' } })],
  ])('is refused for %s', (_, step) => {
    expect(
      sequenceSchema.safeParse({ window: { from: '09:00', to: '17:00', weekdays: ['mon'] }, steps: [step] }).success,
    ).toBe(false);
  });
});

describe('a sequence as a whole', () => {
  it('reports a way without a target, at its position', () => {
    const watch = { key: 'b', until: [{ click: 'any', then: 'nowhere' }], within: { days: 1 } };
    expect(problems([mail('a'), watch, mail('c')])).toEqual(['step-unknown steps.1.until.0.then']);
  });

  it('reports a cycle without a wait, and none with a wait', () => {
    expect(problems([mail('a', { next: 'a' })])).toEqual(['loop-without-wait steps.0.next']);
    expect(problems([mail('a'), { key: 'b', wait: { days: 1 }, next: 'a' }])).toEqual([]);
    const again = { key: 'b', until: [{ click: 'any', then: 'a' }], within: { days: 1 }, else: 'end' };
    expect(problems([mail('a'), again])).toEqual(['loop-without-wait steps.1.until.0.then']);
  });

  it('reports an e-mail that follows another one without a wait', () => {
    expect(problems([mail('a'), mail('b')])).toEqual(['step-without-wait steps.1']);
    expect(problems([mail('a'), { key: 'pause', wait: { days: 1 } }, mail('b')])).toEqual([]);
  });

  it('reports unreachable steps, and waits without a next step', () => {
    expect(problems([mail('a', { next: 'end' }), mail('b')])).toEqual(['step-unreachable steps.1.key']);
    expect(problems([mail('a'), { key: 'b', wait: { days: 1 } }])).toEqual(['step-pointless steps.1']);
  });

  it('reports a blackout of more than a year as a mistake, and none of one year', () => {
    const closed = (from: string, to: string): string[] =>
      sequenceProblems(aSequence({ steps: [mail('a')], blackouts: [{ from, to }] })).map(({ code }) => code);
    expect(closed('2027-01-01', '2099-12-31')).toEqual(['blackout-too-long']);
    expect(closed('2027-01-01', '2028-01-02')).toEqual(['blackout-too-long']);
    expect(closed('2027-01-01', '2028-01-01')).toEqual([]);
  });

  it.each([
    ['the whole window', '09:00', '17:00', true],
    ['more than the window', '08:00', '18:00', true],
    ['a night that begins with it', '09:00', '08:00', true],
    ['a night that ends after it', '23:00', '17:00', true],
    ['all but a minute', '09:00', '16:59', false],
    ['lunch', '12:00', '13:00', false],
    ['a night', '20:00', '08:00', false],
  ])('is told of quiet hours that leave nothing of the window: %s', (_, from, to, isTold) => {
    const told = sequenceProblems(aSequence({ steps: [mail('a')], quietHours: { from, to } }));
    expect(told.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(
      isTold ? ['window-never-open quietHours'] : [],
    );
  });

  it('warns of a goal that is a date: no contact can reach it', () => {
    const sequence = sequenceSchema.parse({
      window: { from: '09:00', to: '17:00', weekdays: ['mon'] },
      steps: [mail('a')],
      goals: [
        { key: 'fair', date: '2026-12-01' },
        { key: 'meeting', form: 'any' },
      ],
    });
    expect(sequenceProblems(sequence).map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'goal-by-date goals.0',
    ]);
  });
});

const written = (entries: readonly unknown[], steps: readonly unknown[] = [mail('a', { next: 'end' }), mail('b')]) =>
  aSequence({ entries, steps });
const entryMistakes = (entries: readonly unknown[]): string[] =>
  sequenceProblems(written(entries)).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('the entries of a sequence', () => {
  it('are the list at launch, at the first step, if none is written', () => {
    expect(entriesOf(aSequence({ steps: [mail('a'), mail('b')] }))).toEqual([
      { key: 'launch', when: { on: 'launch' }, start: 'a' },
    ]);
  });

  it('keep what they are written with', () => {
    const { entries } = written([
      { key: 'list', launch: true, start: 'a' },
      { key: 'form', form: 'any', start: 'b', reentry: { afterDays: 3 }, consent: 'confirmed' },
      { key: 'field', field: 'stage', is: ['buying'], start: 'b', consent: 'given' },
      { key: 'before', date: 'renewsOn', daysBefore: 30, start: 'b' },
      { key: 'day', date: 'renewsOn', start: 'b' },
      { key: 'after', date: 'purchasedOn', daysAfter: 14, start: 'b' },
    ]);
    expect(entries).toEqual([
      { key: 'list', when: { on: 'launch' }, start: 'a' },
      { key: 'form', when: { on: 'form', page: null }, start: 'b', reentry: { afterDays: 3 }, consent: 'confirmed' },
      { key: 'field', when: { on: 'field', field: 'stage', values: ['buying'], isNot: false }, start: 'b' },
      { key: 'before', when: { on: 'date', field: 'renewsOn', days: -30 }, start: 'b' },
      { key: 'day', when: { on: 'date', field: 'renewsOn', days: 0 }, start: 'b' },
      { key: 'after', when: { on: 'date', field: 'purchasedOn', days: 14 }, start: 'b' },
    ]);
  });

  it.each([
    ['two triggers', { form: 'any', joined: true }],
    ['no trigger', {}],
    ['a field without a value', { field: 'stage' }],
    ['a value without a field', { form: 'any', is: ['x'] }],
    ['a date that contacts do not have', { date: 'birthday' }],
    ['days before and after a date', { date: 'renewsOn', daysBefore: 3, daysAfter: 3 }],
    ['more days than a year', { date: 'renewsOn', daysBefore: 366 }],
    ['days without a date', { form: 'any', daysAfter: 3 }],
    ['a click, which is no entry', { click: 'any' }],
    ['a rule for entering again at launch', { launch: true, reentry: { afterDays: 3 } }],
    ['a consent at launch', { launch: true, consent: 'confirmed' }],
  ])('are refused for %s', (_, trigger) => {
    const entries = [{ key: 'one', start: 'a', ...trigger }];
    expect(
      sequenceSchema.safeParse({
        window: { from: '09:00', to: '17:00', weekdays: ['mon'] },
        entries,
        steps: [mail('a')],
      }).success,
    ).toBe(false);
  });

  it('must start at a step, have keys and triggers of their own, and reach each step', () => {
    const list = { key: 'list', launch: true, start: 'a' };
    expect(entryMistakes([list, { key: 'form', form: 'any', start: 'b' }])).toEqual([]);
    expect(entryMistakes([list])).toEqual(['step-unreachable steps.1.key']);
    expect(entryMistakes([list, { key: 'form', form: 'any', start: 'c' }])).toEqual([
      'step-unreachable steps.1.key',
      'step-unknown entries.1.start',
    ]);
    expect(entryMistakes([list, { key: 'again', launch: true, start: 'b' }])).toEqual(['entry-twice entries.1']);
    expect(entryMistakes([list, { key: 'list', form: 'any', start: 'b' }])).toEqual(['entry-key-twice entries.1.key']);
  });

  it('must not run into each other unsaid', () => {
    const entries = [
      { key: 'list', launch: true, start: 'a' },
      { key: 'form', form: 'any', start: 'b' },
    ];
    const mistakes = (next: object): string[] =>
      sequenceProblems(written(entries, [mail('a', next), { key: 'b', wait: { days: 1 } }, mail('c')])).map(
        ({ code, path }) => `${code} ${path.join('.')}`,
      );
    expect(mistakes({})).toEqual(['step-runs-on steps.0']);
    expect(mistakes({ next: 'b' })).toEqual([]);
    expect(mistakes({ next: 'end' })).toEqual([]);
  });

  it('let people begin at their steps', () => {
    const sequence = written([
      { key: 'list', launch: true, start: 'a' },
      { key: 'form', form: 'any', start: 'b' },
    ]);
    expect(begin(sequence, NOON, circumstances({ now: NOON }), 'b').next).toMatchObject({ step: 'b', dueAt: NOON });
    expect([longestPathDays(sequence, NOON), mostActions(sequence)]).toEqual([0, 1]);
    // A contact of the list gets the second e-mail only if it sends the form.
    expect([...onlyIf(sequence)]).toEqual([['b', [{ on: 'form', page: null }]]]);
  });
});

describe('a goal', () => {
  it('is reached by what makes a person enter', () => {
    const goals = [
      { key: 'asks', form: 'landing' },
      { key: 'any', form: 'any' },
      { key: 'trial', event: 'trial' },
    ];
    const sequence = aSequence({ goals, steps: [mail('a')] });
    const by = (when: EntryTrigger) => goalsReachedBy(sequence, { key: 'one', when, start: 'a' });
    expect(by({ on: 'form', page: 'landing' })).toEqual(['asks', 'any']);
    expect(by({ on: 'form', page: null })).toEqual(['any']);
    expect(by({ on: 'event', name: 'trial' })).toEqual(['trial']);
    expect(by({ on: 'launch' })).toEqual([]);
  });
});

describe('a follow-up', () => {
  const followUp = sequenceFor(aSequence({ steps: [mail('a'), { key: 'b', wait: { days: 1 } }, mail('c')] }), 'form');
  const standing = { state: 'waiting', step: 'c', round: 1, dueAt: NOON, since: NOON } as const;
  const after = (kind: 'lead' | 'reply', name: string | null, sequence = followUp) =>
    advance(sequence, standing, { kind: 'happened', events: [{ kind, name, at: NOON }] }, circumstances({ now: NOON }))
      .effects;

  it('goes on after the lead that its form made, and ends when a user works on it, or by a reply', () => {
    expect([after('lead', 'new'), after('lead', 'accepted')]).toEqual([[], []]);
    expect(after('lead', 'working')).toEqual([{ kind: 'exit', reason: 'lead-taken-up' }]);
    expect(after('lead', 'lost')).toEqual([{ kind: 'exit', reason: 'lead-taken-up' }]);
    expect(after('lead', 'won')).toEqual([{ kind: 'exit', reason: 'deal-won' }]);
    expect(after('reply', null)).toEqual([{ kind: 'exit', reason: 'answered' }]);
  });

  it('does not end by a new lead either where the author wrote that exit', () => {
    const exits = [{ lead: ['new', 'won'] }];
    const steps = [mail('a'), { key: 'b', wait: { days: 1 } }, mail('c')];
    const begun = (kind: 'form' | 'launch') =>
      begin(
        sequenceFor(aSequence({ exits, steps }), kind),
        NOON,
        circumstances({ now: NOON, facts: { ...NOTHING_KNOWN, leadState: 'new' } }),
      ).next.state;
    expect([begun('form'), begun('launch')]).toEqual(['waiting', 'exited']);
  });

  it('ends by a lead of another campaign, as every campaign does', () => {
    expect(endsByExclusion(followUp, 'became-lead')).toBe(true);
    expect(sequenceFor(followUp, 'form')).toBe(sequenceFor(followUp, 'lead'));
  });
});
