import { useReaderTitle } from '../../../shared/reader-title';
import { useLaunchedCampaigns } from '../api';

/** Campaigns that a condition can name: those that the partner has launched. */
export type Campaigns = readonly { readonly id: string; readonly title: string }[];

export function useCampaigns(): Campaigns {
  const readerTitle = useReaderTitle();
  const launched = useLaunchedCampaigns().data?.items ?? [];
  const titles = new Map(launched.map((activation) => [activation.campaignId, readerTitle(activation)]));
  return [...titles].map(([id, title]) => ({ id, title }));
}
