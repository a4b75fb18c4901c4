import fc from 'fast-check';
import { PARTNER_STEPS } from '#contracts';
import type { PartnerId } from '#kernel';
import { engagementScore } from './engagement-score.js';
import { partnerFunnel, reachedStep } from './partner-funnel.js';
import { participation, quartersUpTo, weeksUpTo } from './participation.js';

const P = (name: string) => name as PartnerId;
const joined = (name: string, joinedOn: string | null = '2026-01-01', leftOn: string | null = null) => ({
  partnerId: P(name),
  joinedOn,
  leftOn,
});
const ran = (name: string, from: string, to: string | null) => ({ partnerId: P(name), from, to });

describe('participation', () => {
  it('is of whole weeks and quarters, up to today', () => {
    expect(weeksUpTo('2026-11-25', 2)).toEqual([
      { from: '2026-11-16', to: '2026-11-22' },
      { from: '2026-11-23', to: '2026-11-29' },
    ]);
    expect(quartersUpTo('2026-02-28', 3)).toEqual([
      { from: '2025-07-01', to: '2025-09-30' },
      { from: '2025-10-01', to: '2025-12-31' },
      { from: '2026-01-01', to: '2026-03-31' },
    ]);
  });

  it('counts partners of the programme that had a campaign running', () => {
    const weeks = weeksUpTo('2026-11-25', 3);
    const members = [joined('a'), joined('b'), joined('late', '2026-11-23'), joined('invited', null)];
    const runs = [ran('a', '2026-11-10', '2026-11-17'), ran('b', '2026-11-24', null), ran('gone', '2026-11-10', null)];
    expect(participation(members, runs, weeks, '2026-11-25')).toEqual([
      { from: '2026-11-09', to: '2026-11-15', partners: 2, tookPart: 1 },
      { from: '2026-11-16', to: '2026-11-22', partners: 2, tookPart: 1 },
      { from: '2026-11-23', to: '2026-11-29', partners: 3, tookPart: 1 },
    ]);
  });

  it('keeps a partner that leaves in the periods before', () => {
    const [before, after] = participation(
      [joined('a', '2026-01-01', '2026-11-20')],
      [ran('a', '2026-10-01', '2026-11-20')],
      weeksUpTo('2026-11-20', 2),
      '2026-11-20',
    );
    expect(before).toMatchObject({ partners: 1, tookPart: 1 });
    expect(after).toMatchObject({ partners: 0, tookPart: 0 });
  });

  it('does not change for a period that is over, whatever comes later', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((of) => `2026-11-${String(of).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), day)), (launches) => {
        const members = [joined('a'), joined('b', '2026-11-12')];
        const known = launches.map(([name, from]) => ran(name, from, null));
        const [week] = weeksUpTo('2026-11-15', 1);
        const later = [...known, ran('a', '2026-11-16', null), ran('b', '2026-11-20', null)];
        const then = participation([...members, joined('c', '2026-11-16')], later, [week!], '2026-12-31');
        expect(then).toEqual(
          participation(
            members,
            known.filter(({ from }) => from <= '2026-11-15'),
            [week!],
            '2026-11-15',
          ),
        );
      }),
    );
  });
});

describe('the engagement score', () => {
  it('is the sum of its parts, from 0 to 100', () => {
    const none = engagementScore({ launches: 0, weeksRunning: 0, leadsShared: 0, hasBrand: false });
    expect(none.score).toBe(0);
    expect(engagementScore({ launches: 9, weeksRunning: 13, leadsShared: 5, hasBrand: true }).score).toBe(100);
    expect(none.parts.reduce((sum, { max }) => sum + max, 0)).toBe(100);
  });

  it('says what was measured, and what one more would add', () => {
    const { score, parts } = engagementScore({ launches: 1, weeksRunning: 6, leadsShared: 2, hasBrand: false });
    expect(score).toBe(10 + 14 + 20);
    expect(parts).toEqual([
      { part: 'launches', points: 10, max: 30, measured: 1, full: 3, nextPoints: 10 },
      { part: 'running', points: 14, max: 30, measured: 6, full: 13, nextPoints: 2 },
      { part: 'shared-leads', points: 20, max: 20, measured: 2, full: 2, nextPoints: 0 },
      { part: 'brand', points: 0, max: 20, measured: 0, full: 1, nextPoints: 20 },
    ]);
  });

  const count = fc.integer({ min: 0, max: 20 });
  const facts = fc.record({ launches: count, weeksRunning: count, leadsShared: count, hasBrand: fc.boolean() });

  it('says of each part that has not all its points how many one more adds', () => {
    fc.assert(
      fc.property(facts, (one) => {
        for (const { points, max, nextPoints } of engagementScore(one).parts) expect(nextPoints > 0).toBe(points < max);
      }),
    );
  });

  it('never falls when a partner does more', () => {
    fc.assert(
      fc.property(facts, facts, (one, more) => {
        const both = {
          launches: one.launches + more.launches,
          weeksRunning: one.weeksRunning + more.weeksRunning,
          leadsShared: one.leadsShared + more.leadsShared,
          hasBrand: one.hasBrand || more.hasBrand,
        };
        expect(engagementScore(both).score).toBeGreaterThanOrEqual(engagementScore(one).score);
      }),
    );
  });
});

describe('the funnel of partners', () => {
  const facts = {
    invitedOn: '2026-01-01',
    joinedOn: null,
    brandOn: null,
    launchedOn: null,
    hasLead: false,
    hasWon: false,
  };

  it('finds the last step that a partner has reached, and since when', () => {
    expect(reachedStep(facts)).toEqual({ step: 'invited', since: '2026-01-01' });
    const member = { ...facts, joinedOn: '2026-02-01' };
    expect(reachedStep(member)).toEqual({ step: 'joined', since: '2026-02-01' });
    expect(reachedStep({ ...member, brandOn: '2025-01-01' })).toEqual({ step: 'brand', since: '2026-02-01' });
    expect(reachedStep({ ...member, launchedOn: '2026-03-01' })).toEqual({ step: 'launched', since: '2026-03-01' });
    expect(reachedStep({ ...member, hasLead: true })).toEqual({ step: 'lead', since: null });
  });

  it('counts who has come to a step, and who stands there', () => {
    const funnel = partnerFunnel(['invited', 'joined', 'joined', 'launched', 'won']);
    expect(funnel.map(({ reached }) => reached)).toEqual([5, 4, 2, 2, 1, 1]);
    expect(funnel.map(({ standing }) => standing)).toEqual([1, 2, 0, 1, 0, 1]);
    expect(funnel.map(({ step }) => step)).toEqual(PARTNER_STEPS);
  });
});
