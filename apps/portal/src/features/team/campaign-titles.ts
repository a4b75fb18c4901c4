import { useTranslation } from 'react-i18next';
import { useCan } from '../../shared/session';
import { localised } from '../../shared/localised';
import { useCampaigns } from './api';

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Titles of the vendor's newest campaigns by id.
 * Empty for users who cannot see campaigns.
 */
export function useCampaignTitles(): ReadonlyMap<string, string> {
  const { i18n } = useTranslation();
  const can = useCan();
  const campaigns = useCampaigns({ enabled: can('campaigns.read'), staleTime: 60_000 });
  if (campaigns.data === undefined) return NONE;
  return new Map(
    campaigns.data.items.map(({ id, name, title }) => [id, localised(title, i18n.language) || name] as const),
  );
}
