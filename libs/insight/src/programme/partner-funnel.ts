import { PARTNER_STEPS, type PartnerStep } from '#contracts';

/** How far a partner has come, as its vendor may know it. Days are of the UTC calendar; null: not yet. */
export interface PartnerProgressFacts {
  readonly invitedOn: string;
  readonly joinedOn: string | null;
  readonly brandOn: string | null;
  readonly launchedOn: string | null;
  /** It has shared a lead, or shows totals with one. */
  readonly hasLead: boolean;
  /** It shows totals with a won lead. */
  readonly hasWon: boolean;
}

export interface ReachedStep {
  readonly step: PartnerStep;
  /** Since when; null: the vendor is not told the day. */
  readonly since: string | null;
}

/** The last step that a partner has reached. It stands there, whatever it has left out before. */
export function reachedStep(facts: PartnerProgressFacts): ReachedStep {
  if (facts.hasWon) return { step: 'won', since: null };
  if (facts.hasLead) return { step: 'lead', since: null };
  if (facts.launchedOn !== null) return { step: 'launched', since: facts.launchedOn };
  if (facts.joinedOn === null) return { step: 'invited', since: facts.invitedOn };
  return facts.brandOn === null
    ? { step: 'joined', since: facts.joinedOn }
    : // A company may have completed its profile for another vendor before.
      { step: 'brand', since: facts.brandOn < facts.joinedOn ? facts.joinedOn : facts.brandOn };
}

/** How many partners have come to each step, and how many stand there. */
export function partnerFunnel(
  reached: readonly PartnerStep[],
): { readonly step: PartnerStep; readonly reached: number; readonly standing: number }[] {
  return PARTNER_STEPS.map((step, at) => ({
    step,
    reached: reached.filter((one) => PARTNER_STEPS.indexOf(one) >= at).length,
    standing: reached.filter((one) => one === step).length,
  }));
}
