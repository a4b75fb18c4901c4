import type { ReasonCode } from '../enrolment/reason.js';
import { Cohort, type CohortProfile, GRANTED, type SimulationRules } from './cohort.js';

/** What one contact gets in a simulation in which no other contact counts. */
export interface ContactWalk {
  /** Keys of the action steps that it gets at least once. */
  readonly gets: ReadonlySet<string>;
  /** Whether it gets an e-mail. */
  readonly isReached: boolean;
  /** Why it gets no e-mail, by its first skipped step; null if reached. */
  readonly reason: ForecastReason | null;
}

const REASONS = [
  'contact-gone',
  'unsubscribed',
  'suppressed',
  'consent-unknown',
  'opt-in-pending',
  'consent-expired',
  'contact-policy',
  'already-got',
  'topic-refused',
  'prefers-fewer',
  'field-missing',
  'identity-blocked',
] as const satisfies readonly ReasonCode[];

/** The closed list of a forecast: its names do not follow from data. */
export const FORECAST_REASONS = [...REASONS, 'other'] as const;
export type ForecastReason = (typeof FORECAST_REASONS)[number];

/** The walk of contacts that the campaign has reached before. */
export const REACHED_BEFORE: ContactWalk = { gets: new Set(), isReached: false, reason: 'already-got' };

/** The walk of contacts that answered, are leads, bought or were taken out. */
export const LEFT_ALONE: ContactWalk = { gets: new Set(), isReached: false, reason: 'other' };

/**
 * Simulates the contacts of a profile as if each were alone: without daily
 * limits, initial holds and warm-up. There, one contact takes another's place,
 * and what one person changes would have no bound.
 */
export function walkAlone(profile: CohortProfile, rules: SimulationRules): ContactWalk {
  const gets = new Set<string>();
  let reason: ForecastReason = 'other';
  let isFirst = true;
  const cohort = new Cohort(profile, [], rules, (step) => {
    if (step.outcome === 'sent' || step.outcome === 'done') gets.add(step.stepKey);
    else if (isFirst) {
      isFirst = false;
      reason = REASONS.find((known) => known === step.reason) ?? 'other';
    }
  });
  while (cohort.isActive) cohort.apply(GRANTED);
  return { gets, isReached: cohort.hasMail, reason: cohort.hasMail ? null : reason };
}
