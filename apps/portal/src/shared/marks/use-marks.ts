import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../request';

interface MarkQuery {
  readonly from: string;
  readonly to: string;
  /** Null: of all campaigns. */
  readonly campaignId?: string | null;
}

/** What happened in the period of a chart. Null: the period is not known yet, or marks are not shown. */
export const useMarks = (side: 'insight' | 'vendor-insight', window: MarkQuery | null) => {
  const { from, to, campaignId = null } = window ?? { from: '', to: '' };
  const query = new URLSearchParams({ from, to, ...(campaignId === null ? {} : { campaign: campaignId }) }).toString();
  return useQuery({
    queryKey: ['marks', side, query],
    queryFn: side === 'insight' ? get('/insight/marks', { query }) : get('/vendor-insight/marks', { query }),
    enabled: window !== null,
    placeholderData: keepPreviousData,
  });
};
