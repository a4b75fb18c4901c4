import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel';
import {
  type ClickRule,
  clicksInForce,
  DEFAULT_LEAD_RULE,
  leadMoments,
  type LeadRule,
  leadRuleSchema,
  type StricterLeadRule,
  NOT_STRICTER,
  qualifiedAt,
  TAKEN_UP_DELAY_FACTOR,
} from './lead-rule.js';
import { stricterRuleProblems } from './stricter-lead-rule.js';

const START = new Date('2026-03-27T16:00:00Z');
const LINKS = ['demo', 'offer', 'page'];
const click = (link: string, afterMs: number) => ({ link, at: new Date(START.getTime() + afterMs) });
const rule = (changes: Partial<ClickRule> = {}): ClickRule => ({ count: 2, links: null, withinDays: null, ...changes });
const LONDON = { zone: 'Europe/London', isHoliday: () => false };

describe('a rule for leads', () => {
  it('is what it was before there were any, where a campaign says nothing', () => {
    expect(leadRuleSchema.parse({})).toEqual(DEFAULT_LEAD_RULE);
  });

  it.each([
    [{ remind: {} }, 'Write either hours or businessDays.'],
    [{ remind: { hours: 2, businessDays: 1 } }, 'Write either hours or businessDays.'],
    [{ remind: { hours: 80 } }, 'The escalation comes before the reminder. Choose a longer time for it.'],
    [{ escalate: { hours: 0 } }, 'Too small'],
    [{ clicks: { count: 0 } }, 'Too small'],
    [{ clicks: { links: [] } }, 'Too small'],
    [{ clicks: { withinDays: 1.5 } }, 'Invalid input'],
    [{ click: { count: 2 } }, 'Unrecognized key'],
  ])('refuses %j', (given, words) => {
    const parsed = leadRuleSchema.safeParse(given);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.message).toContain(words);
  });

  it('is fulfilled by the click that makes them enough', () => {
    expect(qualifiedAt([click('demo', 0)], rule())).toBeNull();
    expect(qualifiedAt([click('demo', 0), click('offer', HOUR_MS)], rule())).toEqual(click('', HOUR_MS).at);
  });

  it('counts a double click once, and two links that follow each other twice', () => {
    expect(qualifiedAt([click('demo', 0), click('demo', 400), click('demo', 50_000)], rule())).toBeNull();
    expect(qualifiedAt([click('demo', 0), click('offer', 400)], rule())).not.toBeNull();
    expect(qualifiedAt([click('demo', 0), click('demo', MINUTE_MS)], rule())).not.toBeNull();
  });

  it('counts the links that it names, within the days that it names', () => {
    const clicks = [click('page', 0), click('demo', DAY_MS), click('demo', 5 * DAY_MS)];
    expect(qualifiedAt(clicks, rule({ links: ['demo'] }))).toEqual(click('', 5 * DAY_MS).at);
    expect(qualifiedAt(clicks, rule({ links: ['demo'], withinDays: 3 }))).toBeNull();
    expect(qualifiedAt(clicks, rule({ withinDays: 3 }))).toEqual(click('', DAY_MS).at);
  });

  it('counts hours across a clock change and a weekend as hours, business days as business days', () => {
    const published = { clicks: null, remind: { businessDays: 1 }, escalate: { hours: 72 } } as const;
    expect(leadMoments(published, NOT_STRICTER, START, LONDON)).toEqual({
      // A Friday at four; the clocks of London go forward on Sunday.
      reminder: new Date('2026-03-30T15:00:00Z'),
      escalation: new Date('2026-03-30T16:00:00Z'),
    });
    const isHoliday = (date: string): boolean => date === '2026-03-30';
    expect(leadMoments(published, NOT_STRICTER, START, { ...LONDON, isHoliday }).reminder).toEqual(
      new Date('2026-03-31T15:00:00Z'),
    );
  });

  it('allows seven times as long for an accepted lead, by the same calendar', () => {
    const published = { clicks: null, remind: { businessDays: 1 }, escalate: { hours: 72 } } as const;
    const stricter = { ...NOT_STRICTER, escalateAfterHours: 48 };
    expect(leadMoments(published, stricter, START, LONDON, TAKEN_UP_DELAY_FACTOR)).toEqual({
      // Seven business days on, at four by a clock that has gone forward
      // meanwhile.
      reminder: new Date('2026-04-07T15:00:00Z'),
      escalation: new Date(START.getTime() + 14 * DAY_MS),
    });
  });

  it('lets a partner’s hours come sooner, and never later than a business day that ends sooner', () => {
    const published = { clicks: null, remind: { businessDays: 1 }, escalate: { hours: 72 } } as const;
    const moments = leadMoments(published, { ...NOT_STRICTER, remindAfterHours: 4 }, START, LONDON);
    expect(moments.reminder).toEqual(new Date(START.getTime() + 4 * HOUR_MS));
  });
});

describe('what a partner makes stricter', () => {
  const published: LeadRule = {
    clicks: { count: 2, links: ['demo', 'page'], withinDays: 14 },
    remind: { hours: 24 },
    escalate: { businessDays: 3 },
  };
  const codes = (stricter: Partial<StricterLeadRule>, of = published): string[] =>
    stricterRuleProblems(of, { ...NOT_STRICTER, ...stricter }, LINKS).map(({ code }) => code);

  it.each([
    [{}],
    [{ clicks: { count: 2, links: ['demo', 'page'], withinDays: 14 } }],
    [{ clicks: { count: 5, links: ['demo'], withinDays: 7 } }],
    [{ remindAfterHours: 24, escalateAfterHours: 72 }],
    [{ remindAfterHours: 1 }],
  ])('may be %j', (stricter) => {
    expect(codes(stricter)).toEqual([]);
  });

  it.each([
    [{ clicks: { count: 1, links: ['demo'], withinDays: 7 } }, ['clicks-fewer']],
    [{ clicks: { count: 2, links: ['offer'], withinDays: 7 } }, ['link-unknown']],
    [{ clicks: { count: 2, links: null, withinDays: null } }, ['link-unknown', 'window-longer']],
    [{ remindAfterHours: 25 }, ['patience-longer']],
    [{ escalateAfterHours: 73 }, ['patience-longer']],
    [{ remindAfterHours: 5, escalateAfterHours: 5 }, ['order']],
  ])('may not be %j', (stricter, problems) => {
    expect(codes(stricter)).toEqual(problems);
  });

  it('makes no leads of clicks where the vendor does not', () => {
    expect(codes({ clicks: rule() }, DEFAULT_LEAD_RULE)).toEqual(['clicks-none']);
    expect(clicksInForce(DEFAULT_LEAD_RULE, { ...NOT_STRICTER, clicks: rule() })).toBeNull();
  });

  it('never makes a lead that the vendor’s rule does not, nor makes it sooner', () => {
    const anyRule = fc.record({
      count: fc.integer({ min: 1, max: 5 }),
      links: fc.option(fc.subarray(LINKS, { minLength: 1 })),
      withinDays: fc.option(fc.integer({ min: 1, max: 10 })),
    });
    const clicks = fc.array(
      fc.record({ link: fc.constantFrom(...LINKS), at: fc.integer({ min: 0, max: 20 * DAY_MS }) }),
      { maxLength: 12 },
    );
    let allowed = 0;
    fc.assert(
      fc.property(anyRule, anyRule, clicks, (theirs, own, given) => {
        const stricter = { ...NOT_STRICTER, clicks: own };
        if (stricterRuleProblems({ ...published, clicks: theirs }, stricter, LINKS).length > 0) return;
        allowed += 1;
        const all = given.map(({ link, at }) => click(link, at));
        const [strict, loose] = [qualifiedAt(all, own), qualifiedAt(all, theirs)];
        if (strict !== null) expect(loose?.getTime() ?? Infinity).toBeLessThanOrEqual(strict.getTime());
      }),
      { numRuns: 3_000 },
    );
    expect(allowed).toBeGreaterThan(100);
  });
});
