import { useQuery } from '@tanstack/react-query';
import { queryKeys } from './query-keys';
import { get } from './request';

/** What costs and deals can be filtered by: an organisation's campaigns, and a vendor's partners. */
export const useCostChoices = (enabled = true) =>
  useQuery({ queryKey: queryKeys.costChoices, queryFn: get('/costs/choices'), enabled });
