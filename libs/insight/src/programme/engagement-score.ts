import type { EngagementPart } from '#contracts';

/** What a partner did in the weeks that are looked at. Signing in is no part of it. */
export interface EngagementFacts {
  readonly launches: number;
  /** Weeks in which a campaign ran. */
  readonly weeksRunning: number;
  readonly leadsShared: number;
  readonly hasBrand: boolean;
}

/** The weeks that are looked at. */
export const SCORE_WEEKS = 13;

interface Rule {
  readonly part: EngagementPart['part'];
  readonly max: number;
  /** From so many on, all points. */
  readonly full: number;
  readonly measure: (facts: EngagementFacts) => number;
}

/** Acts that come before results, most points first. Together 100. */
const RULES: readonly Rule[] = [
  { part: 'launches', max: 30, full: 3, measure: ({ launches }) => launches },
  { part: 'running', max: 30, full: SCORE_WEEKS, measure: ({ weeksRunning }) => weeksRunning },
  { part: 'shared-leads', max: 20, full: 2, measure: ({ leadsShared }) => leadsShared },
  { part: 'brand', max: 20, full: 1, measure: ({ hasBrand }) => (hasBrand ? 1 : 0) },
];

export interface EngagementScore {
  /** From 0 to 100: the sum of the parts. */
  readonly score: number;
  readonly parts: EngagementPart[];
}

/** The points of each part, what was measured for it, and how many points one more would add. */
export function engagementScore(facts: EngagementFacts): EngagementScore {
  const parts = RULES.map(({ part, max, full, measure }): EngagementPart => {
    const measured = measure(facts);
    const pointsFor = (count: number): number => Math.round((max * Math.min(count, full)) / full);
    const points = pointsFor(measured);
    return { part, points, max, measured, full, nextPoints: pointsFor(measured + 1) - points };
  });
  return { score: parts.reduce((sum, { points }) => sum + points, 0), parts };
}
