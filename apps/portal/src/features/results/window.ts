import { useSearchParams } from 'react-router';
import { INSIGHT_PERIODS } from '#contracts';
import { isDay, isId } from '../../shared/address-values';

/** Days in UTC, both included, as the API counts them. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

export type Period = (typeof INSIGHT_PERIODS)[number];

/**
 * The chosen period. It is in the address, so that it stays when a campaign is
 * opened, and a link shows the same numbers.
 * Without a choice the API decides, which knows the current day in UTC.
 * @param usual the period that the API chooses then.
 * @returns `query`: for the API, and for links to other results.
 */
export function useWindow(usual: Period = '4-weeks') {
  const [params, setParams] = useSearchParams();
  const valueOf = (name: string, isOne: (text: string) => boolean): string | null => {
    const value = params.get(name);
    return value !== null && isOne(value) ? value : null;
  };
  const from = valueOf('from', isDay);
  const to = valueOf('to', isDay);
  const named = INSIGHT_PERIODS.find((name) => name === params.get('period'));
  const known = Object.entries({ from, to, period: named ?? null }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  const campaignId = valueOf('campaign', isId);
  // Another period keeps the campaign, the search and the sort.
  const replace = (next: Record<string, string>) =>
    setParams(
      (before) => {
        for (const name of ['from', 'to', 'period']) before.delete(name);
        for (const [name, value] of Object.entries(next)) before.set(name, value);
        return before;
      },
      { replace: true },
    );
  return {
    /** The campaign that is shown alone; null: all. */
    campaignId,
    query: new URLSearchParams(known).toString(),
    period: named ?? (from === null && to === null ? usual : null),
    choose: ({ from, to }: DateWindow) => replace({ from, to }),
    choosePeriod: (period: Period) => replace({ period }),
  };
}

/** A query of the API for one campaign alone. @param campaignId null: for all of them. */
export function withCampaign(query: string, campaignId: string | null): string {
  const asked = new URLSearchParams(query);
  if (campaignId !== null) asked.set('campaign', campaignId);
  return asked.toString();
}
