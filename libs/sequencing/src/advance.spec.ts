import { advance, type Advance, begin, type EnrolmentState } from './advance.js';
import { NO_CHOICES, withCalendar } from './circumstances.js';
import { type Facts, type SequenceEvent, NOTHING_KNOWN } from './condition.js';
import { aSequence, circumstances } from './sequence.fixture.js';

const at = (iso: string): Date => new Date(iso);
const NOON = at('2026-11-24T12:00:00Z');

const followed = aSequence({
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'watch', until: [{ click: 'demo', then: 'follow-up' }], within: { days: 3 }, else: 'reminder' },
    { key: 'reminder', email: 'reminder', next: 'end' },
    { key: 'follow-up', email: 'follow-up' },
  ],
  goals: [{ key: 'meeting', form: 'any' }],
});
const click = (link: string, when = NOON): SequenceEvent => ({ kind: 'click', name: link, at: when });
const knowing = (...events: SequenceEvent[]): Facts => ({ ...NOTHING_KNOWN, events });

const done = ({ effects }: Advance): string[] =>
  effects.map((effect) =>
    effect.kind === 'act'
      ? `act ${effect.step.key} ${effect.round}`
      : effect.kind === 'skip'
        ? `skip ${effect.step.key} ${effect.reason}`
        : effect.kind === 'goal'
          ? `goal ${effect.goal}`
          : `exit ${effect.reason}`,
  );
const waitingAt = (step: string, dueAt: Date, over: Partial<EnrolmentState> = {}): EnrolmentState => ({
  state: 'waiting',
  step,
  round: 1,
  dueAt,
  since: NOON,
  ...over,
});

describe('a contact', () => {
  it('begins at the first action, in its window', () => {
    const early = at('2026-11-24T03:00:00Z');
    expect(begin(followed, early, circumstances({ now: early })).next).toEqual(
      waitingAt('welcome', at('2026-11-24T09:00:00Z'), { since: early }),
    );
  });

  it('acts when its step falls due, and waits for what comes back from then on', () => {
    const due = advance(followed, waitingAt('welcome', NOON), { kind: 'due' }, circumstances());
    expect(done(due)).toEqual(['act welcome 1']);
    expect(due.next.state).toBe('acting');
    const sent = advance(followed, due.next, { kind: 'decided', at: NOON }, circumstances());
    expect(sent.next).toEqual(waitingAt('watch', at('2026-11-27T12:00:00Z')));
  });

  it('skips a step without an open day, with its reason, and continues', () => {
    const closed = aSequence({
      steps: [
        { key: 'welcome', email: 'welcome' },
        { key: 'lead', createLead: true },
        { key: 'again', email: 'again', valid: { to: '2026-12-24' } },
      ],
      blackouts: [{ from: '2026-11-24', to: '2099-12-31' }],
    });
    expect(done(begin(closed, NOON, circumstances()))).toEqual(['skip welcome step-expired']);
    const due = advance(closed, waitingAt('welcome', NOON), { kind: 'due' }, circumstances());
    expect(done(due)).toEqual(['skip welcome step-expired']);
    expect(due.next).toMatchObject({ state: 'waiting', step: 'lead', dueAt: NOON });
    const led = advance(closed, { ...due.next, state: 'acting' }, { kind: 'decided', at: NOON }, circumstances());
    expect(done(led)).toEqual(['skip again step-expired']);
    expect(led.next.state).toBe('completed');
    // The same when a postponement ends in closed days.
    const fromMs = NOON.getTime();
    const postponements = [{ fromMs, untilMs: fromMs + 86_400_000, days: 1 }];
    const later = aSequence({
      steps: [{ key: 'a', email: 'a' }],
      blackouts: [{ from: '2026-11-25', to: '2099-12-31' }],
    });
    expect(done(begin(later, NOON, circumstances({ choices: { ...NO_CHOICES, postponements } })))).toEqual([
      'skip a step-expired',
    ]);
  });

  it('counts an event once, even from a clock that is ahead', () => {
    const listening = aSequence({
      steps: [
        { key: 'hear', until: [{ event: 'ping', then: 'lead' }], within: { days: 9 }, else: 'end' },
        { key: 'lead', createLead: true, next: 'hear' },
      ],
    });
    const ping: SequenceEvent = { kind: 'event', name: 'ping', at: new Date(NOON.getTime() + 700) };
    const known = circumstances({ facts: knowing(ping) });
    const heard = advance(
      listening,
      waitingAt('hear', at('2026-12-03T12:00:00Z')),
      { kind: 'happened', events: [ping] },
      known,
    );
    const later = circumstances({ facts: knowing(ping), now: new Date(NOON.getTime() + 2000) });
    const acting = advance(listening, heard.next, { kind: 'due' }, later);
    expect(done(acting)).toEqual(['act lead 1']);
    const back = advance(listening, acting.next, { kind: 'decided', at: later.now }, later);
    expect(back.next).toMatchObject({ state: 'waiting', step: 'hear', round: 2 });
  });

  it('follows the way of a click at once', () => {
    const moved = advance(
      followed,
      waitingAt('watch', at('2026-11-27T12:00:00Z')),
      { kind: 'happened', events: [click('demo')] },
      circumstances({ facts: knowing(click('demo')) }),
    );
    expect(moved.next).toEqual(waitingAt('follow-up', NOON));
  });

  it('stays where it is for a click on another link, and for one before its last action', () => {
    const watching = waitingAt('watch', at('2026-11-27T12:00:00Z'));
    for (const news of [click('brochure'), click('demo', at('2026-11-20T12:00:00Z'))])
      expect(
        advance(followed, watching, { kind: 'happened', events: [news] }, circumstances({ facts: knowing(news) })).next,
      ).toEqual(watching);
  });

  it('does not miss a click that came before it waited for one', () => {
    const acting = waitingAt('welcome', NOON, { state: 'acting' });
    const sent = advance(
      followed,
      acting,
      { kind: 'decided', at: at('2026-11-24T12:00:05Z') },
      circumstances({ now: at('2026-11-24T12:00:05Z'), facts: knowing(click('demo', at('2026-11-24T12:00:03Z'))) }),
    );
    expect(sent.next.step).toBe('follow-up');
  });

  it('takes the time-out when nothing came, counted from when it was over', () => {
    const over = at('2026-11-27T12:00:00Z');
    const late = circumstances({ now: at('2026-11-27T15:00:00Z') });
    expect(advance(followed, waitingAt('watch', over), { kind: 'due' }, late).next).toEqual(
      waitingAt('reminder', over),
    );
  });

  it('reaches a goal once it is told, which ends its way also in the middle of a step', () => {
    const form: SequenceEvent = { kind: 'form', name: 'landing', at: NOON };
    const acting = waitingAt('welcome', NOON, { state: 'acting' });
    const moved = advance(
      followed,
      acting,
      { kind: 'happened', events: [form] },
      circumstances({ facts: knowing(form) }),
    );
    expect(done(moved)).toEqual(['goal meeting', 'exit goal-reached']);
    expect(moved.next.state).toBe('exited');
  });

  it('exits on a reply, unless a step waits for one', () => {
    const reply: SequenceEvent = { kind: 'reply', name: null, at: NOON };
    const told = { kind: 'happened', events: [reply] } as const;
    const facts = circumstances({ facts: knowing(reply) });
    expect(done(advance(followed, waitingAt('watch', NOON), told, facts))).toEqual(['exit answered']);
    const asked = aSequence({
      steps: [
        { key: 'ask', until: [{ reply: true, then: 'thanks' }], within: { days: 1 }, else: 'end' },
        { key: 'thanks', email: 'thanks' },
      ],
    });
    expect(advance(asked, waitingAt('ask', at('2026-11-25T12:00:00Z')), told, facts).next.step).toBe('thanks');
  });

  it('reaches a goal that ends nothing and goes on, and ends by a rule of the author’s', () => {
    const ruled = aSequence({
      goals: [{ key: 'interest', click: 'any', ends: false }],
      exits: [{ lead: ['lost'] }],
      steps: [
        { key: 'welcome', email: 'welcome' },
        { key: 'watch', until: [{ event: 'trial', then: 'tried' }], within: { businessDays: 2 }, else: 'end' },
        { key: 'tried', email: 'tried' },
      ],
    });
    const watching = waitingAt('watch', at('2026-11-26T12:00:00Z'));
    const told = { kind: 'happened', events: [click('demo')] } as const;
    const on = advance(ruled, watching, told, circumstances({ facts: knowing(click('demo')) }));
    expect([done(on), on.next]).toEqual([['goal interest'], watching]);
    const lost: SequenceEvent = { kind: 'lead', name: 'lost', at: NOON };
    const facts: Facts = { ...knowing(lost), leadState: 'lost' };
    const off = advance(ruled, watching, { kind: 'happened', events: [lost] }, circumstances({ facts }));
    expect(done(off)).toEqual(['exit exit-rule']);
    // An author who names exits of his own does not end by an answer.
    const reply: SequenceEvent = { kind: 'reply', name: null, at: NOON };
    const heard = { kind: 'happened', events: [reply] } as const;
    expect(advance(ruled, watching, heard, circumstances({ facts: knowing(reply) })).next).toEqual(watching);
  });

  it('starts nothing for a contact that already meets an exit rule, with the reason', () => {
    const ruled = aSequence({
      exits: [{ list: 'Customers' }, { field: 'country', is: ['CH'] }, { lead: ['won'] }, { event: 'bought' }],
      steps: [
        { key: 'pause', wait: { days: 2 } },
        { key: 'welcome', email: 'welcome' },
        { key: 'more', email: 'welcome' },
      ],
    });
    const beginning = (facts: Partial<Facts>) =>
      begin(ruled, NOON, circumstances({ facts: { ...NOTHING_KNOWN, ...facts } }));
    for (const facts of [{ lists: ['customers '] }, { fields: { country: 'CH' } }, { leadState: 'won' }] as const) {
      const begun = beginning(facts);
      expect(done(begun)).toEqual(['skip welcome exit-rule', 'exit exit-rule']);
      expect(begun.next).toMatchObject({ state: 'exited', step: null, dueAt: null });
    }
    expect(beginning({ lists: ['Prospects'], fields: { country: 'GB' } }).next.step).toBe('welcome');
  });

  it('ends by a date of the author’s for who falls due from that day on, by their own clock', () => {
    const ruled = aSequence({ exits: [{ date: '2026-11-26' }], steps: [{ key: 'welcome', email: 'welcome' }] });
    const due = (now: string, zone: string) => {
      const moment = at(now);
      return done(advance(ruled, waitingAt('welcome', moment), { kind: 'due' }, circumstances({ now: moment, zone })));
    };
    expect(due('2026-11-25T14:00:00Z', 'Europe/London')).toEqual(['act welcome 1']);
    expect(due('2026-11-26T14:00:00Z', 'Europe/London')).toEqual(['exit exit-rule']);
    // It is that day already where the person is.
    expect(due('2026-11-25T22:00:00Z', 'Pacific/Auckland')).toEqual(['exit exit-rule']);
    // And not yet where the day begins later.
    expect(due('2026-11-26T00:30:00Z', 'America/Los_Angeles')).toEqual(['act welcome 1']);
  });

  it('continues on a date before its time-out, by the contact’s clock', () => {
    const fair = aSequence({
      steps: [
        {
          key: 'hear',
          until: [
            { reply: true, then: 'end' },
            { date: '2026-11-26', then: 'fair' },
          ],
          within: { days: 9 },
        },
        { key: 'fair', email: 'fair' },
      ],
    });
    const known = circumstances({ zone: 'Asia/Tokyo' });
    const { next: standing } = begin(fair, NOON, known);
    expect(standing).toEqual(waitingAt('hear', at('2026-11-25T15:00:00Z')));
    const moved = advance(fair, standing, { kind: 'due' }, { ...known, now: at('2026-11-25T15:00:00Z') });
    expect(moved.next).toMatchObject({ step: 'fair', dueAt: at('2026-11-26T00:00:00Z') });
  });

  it('ignores events that do not concern its step', () => {
    const over: EnrolmentState = { state: 'exited', step: null, round: 1, dueAt: null, since: NOON };
    expect(advance(followed, over, { kind: 'due' }, circumstances()).next).toBe(over);
    const early = waitingAt('watch', at('2026-11-27T12:00:00Z'));
    expect(advance(followed, early, { kind: 'due' }, circumstances()).next).toBe(early);
    expect(advance(followed, early, { kind: 'decided', at: NOON }, circumstances()).next).toBe(early);
  });
});

describe('a branch', () => {
  const branched = aSequence({
    steps: [
      { key: 'pause', wait: { days: 2 } },
      { key: 'by-industry', branch: [{ field: 'industry', is: ['Finance'], then: 'finance' }], else: 'others' },
      { key: 'others', email: 'others', next: 'end' },
      { key: 'finance', email: 'finance' },
    ],
  });

  it('is evaluated after the wait before it', () => {
    const begun = begin(
      branched,
      NOON,
      circumstances({ facts: { ...NOTHING_KNOWN, fields: { industry: 'finance' } } }),
    );
    expect(begun.next).toEqual(waitingAt('pause', at('2026-11-26T12:00:00Z')));
    const now = at('2026-11-26T12:00:00Z');
    const changed = circumstances({ now, facts: { ...NOTHING_KNOWN, fields: { industry: 'Retail' } } });
    expect(advance(branched, begun.next, { kind: 'due' }, changed).next.step).toBe('others');
    const same = circumstances({ now, facts: { ...NOTHING_KNOWN, fields: { industry: ' FINANCE' } } });
    expect(advance(branched, begun.next, { kind: 'due' }, same).next.step).toBe('finance');
  });
});

describe('an action', () => {
  const dated = aSequence({
    blackouts: [{ from: '2026-11-26', to: '2026-11-27' }],
    holidays: { GB: ['2026-11-25'] },
    partnerMay: ['shift', 'skip'],
    steps: [
      { key: 'sale', email: 'sale', valid: { to: '2026-11-24' } },
      { key: 'later', email: 'later' },
    ],
  });

  it('that falls due after its last day is skipped with its reason', () => {
    const begun = begin(dated, NOON, circumstances());
    const late = circumstances({ now: at('2026-11-24T18:00:00Z') });
    const moved = advance(dated, begun.next, { kind: 'due' }, late);
    expect(done(moved)).toEqual(['skip sale step-expired']);
    // Closed on Thursday and Friday by the blackout; another country's holiday
    // does not count.
    expect(moved.next).toEqual(waitingAt('later', at('2026-11-25T09:00:00Z'), { since: NOON }));
    const british = advance(dated, begun.next, { kind: 'due' }, { ...late, country: 'GB' });
    expect(british.next.dueAt).toEqual(at('2026-11-30T09:00:00Z'));
  });

  it('waits for its first day, by the clock of the contact, and is skipped where that is after its last', () => {
    const announced = aSequence({
      steps: [{ key: 'news', email: 'news', valid: { from: '2026-11-25', to: '2026-11-25' } }],
    });
    const tokyo = begin(announced, NOON, circumstances({ zone: 'Asia/Tokyo' }));
    expect(tokyo.next).toEqual(waitingAt('news', at('2026-11-25T00:00:00Z')));
    const choices = { ...NO_CHOICES, blackouts: [{ from: '2026-11-25', to: '2026-11-25' }] };
    const closed = begin(announced, NOON, circumstances({ choices }));
    expect(done(closed)).toEqual(['skip news step-expired']);
    expect(closed.next.state).toBe('completed');
  });

  it('other than an e-mail is done at any hour, on its days', () => {
    const night = at('2026-11-28T02:00:00Z');
    const quiet = aSequence({ steps: [{ key: 'made', createLead: true, valid: { from: '2026-11-27' } }] });
    const { next: standing } = begin(quiet, night, circumstances({ now: night }));
    expect(standing.dueAt).toEqual(night);
    expect(done(advance(quiet, standing, { kind: 'due' }, circumstances({ now: night })))).toEqual(['act made 1']);
  });

  it('that the partner skips or shifts is skipped with its reason, or comes later', () => {
    const choices = { ...NO_CHOICES, skip: ['sale'], shiftDays: { later: 7 } };
    const begun = begin(dated, NOON, circumstances({ choices }));
    expect(done(begun)).toEqual(['skip sale skipped-by-partner']);
    expect(begun.next).toEqual(waitingAt('later', at('2026-12-01T12:00:00Z')));
  });

  it('is done once in a round, and rounds end', () => {
    const circle = aSequence({
      steps: [
        { key: 'tip', email: 'tip' },
        { key: 'week', wait: { days: 7 }, next: 'tip' },
      ],
    });
    let { next: standing } = begin(circle, NOON, circumstances());
    const acted: string[] = [];
    while (standing.dueAt !== null) {
      const now = standing.dueAt;
      const due = advance(circle, standing, { kind: 'due' }, circumstances({ now }));
      acted.push(...done(due));
      standing = advance(circle, due.next, { kind: 'decided', at: now }, circumstances({ now })).next;
    }
    expect(new Set(acted).size).toBe(acted.length);
    expect(acted).toHaveLength(50);
    expect(standing.state).toBe('completed');
  });

  it('keeps to the calendar of its partner beside what was chosen for the activation and what the vendor says', () => {
    const sequence = aSequence({
      holidays: { GB: ['2026-11-26'] },
      steps: [
        { key: 'welcome', email: 'welcome' },
        { key: 'pause', wait: { businessDays: 1 } },
        { key: 'proof', email: 'proof' },
      ],
    });
    const choices = withCalendar(
      { ...NO_CHOICES, blackouts: [{ from: '2026-11-24', to: '2026-11-24' }] },
      { blackouts: [{ from: '2026-11-27', to: '2026-11-27' }], holidays: { GB: ['2026-11-30'], DE: ['2026-12-01'] } },
    );
    const from = (country: string): Date[] => {
      const known = circumstances({ country, choices });
      const { next: standing } = begin(sequence, NOON, known);
      const acting = advance(sequence, standing, { kind: 'due' }, { ...known, now: standing.dueAt! });
      const next = advance(sequence, acting.next, { kind: 'decided', at: standing.dueAt! }, known);
      return [standing.dueAt!, next.next.dueAt!];
    };
    // Wednesday. Thursday and Monday are holidays; Friday is a business day
    // without sending.
    expect(from('GB')).toEqual([at('2026-11-25T09:00:00Z'), at('2026-12-01T09:00:00Z')]);
    expect(from('FR')).toEqual([at('2026-11-25T09:00:00Z'), at('2026-11-26T09:00:00Z')]);
  });

  it('waits on public holidays of the contact’s country, unless the campaign sends on them', () => {
    const publicHolidays = {
      isHoliday: (country: string | null, date: string): boolean => (country ?? 'GB') === 'GB' && date === '2026-11-24',
    };
    const choices = withCalendar(NO_CHOICES, { blackouts: [], holidays: {}, publicHolidays });
    const dueOf = (country: string | null, sends?: 'send'): Date | null =>
      begin(
        aSequence({ publicHolidays: sends, steps: [{ key: 'welcome', email: 'welcome' }] }),
        NOON,
        circumstances({ country, choices }),
      ).next.dueAt;
    expect(dueOf('GB')).toEqual(at('2026-11-25T09:00:00Z'));
    expect(dueOf(null)).toEqual(dueOf('GB'));
    expect(dueOf('FR')).toEqual(dueOf('GB', 'send'));
    expect(dueOf('FR')).not.toEqual(dueOf('GB'));
  });
});
