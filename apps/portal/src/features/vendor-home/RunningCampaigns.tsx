import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RunningCampaign, VendorHome } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { localeOf, localised } from '../../shared/localised';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { StatusBadge } from '../../shared/StatusBadge';

/** Campaigns that partners can launch or run, the first to close first. */
export function RunningCampaigns({ asOf, campaigns: { count, items } }: Pick<VendorHome, 'asOf' | 'campaigns'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useColumns(asOf.slice(0, 10));
  // A sort of some rows would be taken for one of all.
  const isWhole = count <= items.length;
  return (
    <Section
      title={t('vendorHome.campaigns.title')}
      {...(isWhole
        ? {}
        : { text: t('vendorHome.campaigns.some', { shown: format.number(items.length), all: format.number(count) }) })}
    >
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('vendorHome.campaigns.none')}
        </Text>
      ) : (
        <DataTable
          label={t('vendorHome.campaigns.title')}
          items={items}
          isWhole={isWhole}
          orderName="sort"
          idOf={({ campaignId }) => campaignId}
          columns={columns}
          minWidth={620}
        />
      )}
      <Group justify="space-between">
        <Anchor component={Link} to="/campaigns" size="sm">
          {isWhole ? t('vendorHome.campaigns.all') : t('vendorHome.campaigns.more', { count: count - items.length })}
        </Anchor>
      </Group>
    </Section>
  );
}

function useColumns(today: string): readonly Column<RunningCampaign>[] {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const canSeeResults = useCan()('vendor-insight.read');
  return [
    {
      key: 'title',
      title: t('vendorHome.campaigns.campaign'),
      isHeading: true,
      orderBy: ({ title }) => localised(title, i18n.language),
      cell: ({ campaignId, title, hasExperiment }) => (
        <>
          <Anchor
            component={Link}
            to={`/campaigns/${campaignId}`}
            size="sm"
            fw={600}
            display="inline-block"
            py={4}
            lang={localeOf(title, i18n.language)}
          >
            {localised(title, i18n.language)}
          </Anchor>
          {canSeeResults && (
            <Group gap="sm">
              <Anchor component={Link} to={`/campaign-results?campaign=${campaignId}`} size="xs" py={4}>
                {t('vendorHome.campaigns.results')}
              </Anchor>
              {hasExperiment && (
                <Anchor component={Link} to={`/campaigns/${campaignId}#experiments`} size="xs" py={4}>
                  {t('vendorHome.campaigns.experiment')}
                </Anchor>
              )}
            </Group>
          )}
        </>
      ),
    },
    {
      key: 'state',
      title: t('vendorHome.campaigns.state'),
      cell: ({ opensOn, closesOn, areLaunchesStopped }) => (
        <StatusBadge status={stateOf({ opensOn, closesOn, areLaunchesStopped }, today)} />
      ),
    },
    {
      key: 'partners',
      title: t('vendorHome.campaigns.partners'),
      align: 'end',
      orderBy: ({ partnersRunning }) => partnersRunning,
      cell: ({ partnersRunning }) => format.number(partnersRunning),
    },
    {
      key: 'closes',
      title: t('vendorHome.campaigns.closes'),
      orderBy: ({ closesOn }) => closesOn,
      cell: ({ closesOn }) => format.day(closesOn),
    },
  ];
}

function stateOf(
  { opensOn, closesOn, areLaunchesStopped }: Pick<RunningCampaign, 'opensOn' | 'closesOn' | 'areLaunchesStopped'>,
  today: string,
) {
  if (areLaunchesStopped || closesOn < today) return 'launches-stopped';
  return opensOn > today ? 'opening' : 'published';
}
