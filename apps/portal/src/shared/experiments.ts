import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import { get } from './request';

/** Two groups that would be compared. */
export interface PlannedGroups {
  readonly people: number;
  /** Of the people, in the smaller group. */
  readonly percent: number;
  /** What is expected without any effect. */
  readonly basePercent: number;
}

/** The smallest difference that two groups can show. */
export const usePower = ({ people, percent, basePercent }: PlannedGroups) =>
  useQuery({
    queryKey: ['experiment-power', people, percent, basePercent],
    queryFn: get('/experiment-power', {
      query: new URLSearchParams({
        people: String(people),
        percent: String(percent),
        basePercent: String(basePercent),
      }),
    }),
    enabled: people > 0 && percent > 0,
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
