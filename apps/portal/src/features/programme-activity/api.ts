import { useQuery } from '@tanstack/react-query';
import type { PartnerStep } from '#contracts';
import { usePages } from '../../shared/pages';
import { get } from '../../shared/request';

export const useProgrammeActivity = () =>
  useQuery({ queryKey: ['programme-activity'], queryFn: get('/programme-activity') });

/** @param step null: all. */
export const useStandings = (step: PartnerStep | null) =>
  usePages({
    queryKey: ['programme-activity', 'partners', step],
    route: 'GET /programme-activity/partners',
    query: `limit=50${step === null ? '' : `&step=${step}`}`,
  });
