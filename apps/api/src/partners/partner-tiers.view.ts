import type { z } from 'zod';
import type { ComingDrops, OwnTiers, TierChange, TierOfPartner, TierRulesView } from '#contracts';
import type { ComingDrop, SetManually, TierAim, TierChangeEntry, TierRules, TierStanding } from '#tiers';

export function tierRulesView(rules: TierRules, evaluatedOn: string | null): TierRulesView {
  const { version, isOn, graceDays, tiers, savedBy, savedAt } = rules;
  return {
    version: String(version),
    isOn,
    graceDays,
    tiers: [...tiers],
    savedBy,
    savedAt: savedAt?.toISOString() ?? null,
    evaluatedOn,
  };
}

export const comingDropView = (drop: ComingDrop): z.output<typeof ComingDrops>['items'][number] => ({
  ...drop,
  requirements: [...drop.requirements],
});

export const tierChangeView = (change: TierChangeEntry): TierChange => ({
  ...change,
  at: change.at.toISOString(),
  requirements: [...change.requirements],
});

export function tierOfPartnerView(standing: TierStanding, history: readonly TierChangeEntry[]): TierOfPartner {
  const { tier, isByRule, manual, comingDrop, present, next } = standing;
  return {
    tier,
    isByRule,
    manual: manual && manualView(manual),
    comingDrop: comingDrop && dayOfDrop(comingDrop),
    present: present && aimView(present),
    next: next && aimView(next),
    history: history.map(tierChangeView),
  };
}

/** For the partner: without the reason of a tier that a person of the vendor has set. */
export function ownTierView(
  { tier, manual, comingDrop, present, next }: TierStanding,
  vendor: { readonly vendorId: string; readonly vendorName: string },
  history: readonly TierChangeEntry[],
): OwnTiers['items'][number] {
  return {
    ...vendor,
    tier,
    manual: manual && { untilOn: manual.untilOn },
    comingDrop: comingDrop && dayOfDrop(comingDrop),
    present: present && aimView(present),
    next: next && aimView(next),
    history: history.map(({ id, from, to, at }) => ({ id, from, to, at: at.toISOString() })),
  };
}

const manualView = (manual: SetManually): NonNullable<TierOfPartner['manual']> => ({
  ...manual,
  setAt: manual.setAt.toISOString(),
});

const dayOfDrop = ({ to, announcedOn, dropsOn }: ComingDrop): NonNullable<TierOfPartner['comingDrop']> => ({
  to,
  announcedOn,
  dropsOn,
});

const aimView = (aim: TierAim): NonNullable<TierOfPartner['next']> => ({ ...aim, requirements: [...aim.requirements] });
