import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import { get } from './request';

/** Three of 100 contacts become leads in most campaigns. */
export const LEADS_PERCENT = 3;
/** Ten of 100 recipients click in most e-mails. */
export const CLICKS_PERCENT = 10;

/** A hold-out by its share, or a test by its arms. */
export type PlannedExperiment = {
  readonly over: 'activation' | 'programme';
  readonly people: number;
  /** What is expected without any effect. */
  readonly basePercent: number;
} & ({ readonly percent: number } | { readonly arms: number; readonly releases?: number; readonly variants?: number });

/**
 * The smallest difference that this number of people can show, by the rule that decides, and the plan that it was
 * computed for (the previous plan while the next one loads). Sends no request for zero people.
 */
export const usePower = (planned: PlannedExperiment) =>
  useQuery({
    queryKey: ['experiment-power', planned],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams(Object.entries(planned).map(([name, value]) => [name, String(value)]));
      const { smallest } = await get('/experiment-power', { query })({ signal });
      return { smallest, planned };
    },
    enabled: planned.people > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

/** A, B, C, D: the e-mails of a test in the order of the campaign. */
export const armLetter = (arm: number): string => String.fromCharCode(65 + arm);

/** 0.034 as "3.4 percentage points"; with its sign. */
export function usePoints() {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    /** A number alone, with its sign. */
    signed: (share: number): string => format.signedNumber(Math.round(share * 1000) / 10),
    points: (share: number): string =>
      t('experiments.points', { points: format.number(Math.round(share * 1000) / 10) }),
  };
}
