import { useQuery } from '@tanstack/react-query';
import { OF_MANY_MS } from '../../shared/number-age';
import { usePages } from '../../shared/pages';
import { get } from '../../shared/request';

export const useProgrammeActivity = () =>
  useQuery({ queryKey: ['programme-activity'], queryFn: get('/programme-activity'), refetchInterval: OF_MANY_MS });

/** @param query of the address: step, search and sort. */
export const useStandings = (query: string) =>
  usePages({
    queryKey: ['programme-activity', 'partners', query],
    route: 'GET /programme-activity/partners',
    query: query === '' ? 'limit=50' : `limit=50&${query}`,
    refetchInterval: OF_MANY_MS,
  });
