import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionCard } from '#contracts';
import { useFormat } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';
import { shownStatus } from './campaign';
import { usePartnerGroups } from '../../shared/requests';
import { useCan } from '../../shared/session';

interface VersionBadgeProps {
  readonly version: Pick<CampaignVersionCard, 'status' | 'opensOn' | 'opensLater' | 'launchesStoppedAt'>;
  readonly approved: boolean;
}

/**
 * Status of a version.
 * If it opens later for partners, with the date.
 */
export function VersionBadge({
  version: { status, opensOn, opensLater, launchesStoppedAt },
  approved,
}: VersionBadgeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (status === 'published' && launchesStoppedAt !== null) return <StatusBadge status="launches-stopped" />;
  if (opensLater && opensOn !== null)
    return <StatusBadge status="opening" label={t('campaigns.opensOn', { day: format.day(opensOn) })} />;
  return <StatusBadge status={shownStatus(status, approved)} />;
}

/** Partner groups as a list in text; "all partners" where there are none. */
export function useGroupNames(): (names: readonly string[]) => string {
  const { t, i18n } = useTranslation();
  return (names) =>
    names.length === 0
      ? t('campaigns.everyone')
      : new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
          // Names may contain “and” or commas.
          names.map((name) => t('campaigns.groupName', { name })),
        );
}

/**
 * Who can run a published version, and from when.
 * Groups are named once loaded.
 */
export function AvailabilityText({ version }: { readonly version: CampaignVersionCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const groupNames = useGroupNames();
  const { publishedAt, partnerGroupIds, opensOn, closesOn } = version;
  const isPublished = publishedAt !== null && opensOn !== null && closesOn !== null;
  const canReadGroups = useCan()('programme.read');
  const groups = usePartnerGroups({
    select: ({ items }) => items,
    enabled: isPublished && partnerGroupIds.length > 0 && canReadGroups,
  });
  if (!isPublished) return null;
  const names = (groups.data ?? []).filter(({ id }) => partnerGroupIds.includes(id)).map(({ name }) => name);
  const isKnown = partnerGroupIds.length === 0 || !canReadGroups || groups.data !== undefined;
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {t('campaigns.offered', {
        group: isKnown ? groupNames(names) : '…',
        from: format.day(opensOn),
        to: format.day(closesOn),
      })}
    </Text>
  );
}
