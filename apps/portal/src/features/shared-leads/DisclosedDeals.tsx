import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DisclosedDealView } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { statusOf } from '../../shared/leads/deal-text';
import { LoadMore } from '../../shared/LoadMore';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { StatusBadge } from '../../shared/StatusBadge';
import { useUserLocale } from '../../shared/user-locale';
import { useDisclosedDeals } from './api';

/** Deals that partners show to a vendor, the newest first. */
export function DisclosedDeals() {
  const { t } = useTranslation();
  const deals = useDisclosedDeals();
  const columns = useColumns();
  return (
    <Stack component="section" aria-labelledby="disclosed-deals" gap="sm">
      <Title order={2} id="disclosed-deals">
        {t('disclosedDeals.title')}
      </Title>
      <Text size="sm" c="dimmed" maw={760}>
        {t('disclosedDeals.lead')}
      </Text>
      <Loaded query={deals} height={120}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm">{t('disclosedDeals.none')}</Text>
          ) : (
            <>
              <DataTable
                label={t('disclosedDeals.title')}
                items={items}
                idOf={({ id }) => id}
                columns={columns}
                minWidth={820}
              />
              <LoadMore list={deals} />
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}

function useColumns(): readonly Column<DisclosedDealView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const took = ({ partnerName, role, participants }: DisclosedDealView) => [
    { id: 'partner', name: partnerName, role },
    ...participants,
  ];
  return [
    {
      key: 'name',
      title: t('deals.one'),
      isHeading: true,
      cell: ({ name, campaignTitle }) => (
        <>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name === '' ? t('sharedDeals.noName') : name}
          </Text>
          <Text size="xs" c="dimmed">
            {campaignTitle}
          </Text>
        </>
      ),
    },
    {
      key: 'partners',
      title: t('disclosedDeals.partners'),
      cell: (deal) =>
        took(deal).map(({ id, name, role }) => (
          <Text key={id} size="sm">
            {t('dealShares.as', { who: name, role: t(`dealShares.roles.${role}`) })}
          </Text>
        )),
    },
    {
      key: 'stage',
      title: t('deals.stage'),
      orderBy: ({ stage }) => t(`deals.stages.${stage}`),
      cell: ({ stage }) => <StatusBadge status={statusOf(stage)} label={t(`deals.stages.${stage}`)} />,
    },
    {
      key: 'amount',
      title: t('leads.amount'),
      align: 'end',
      orderBy: ({ amount }) => amount?.minorUnits ?? -1,
      cell: ({ amount }) => (amount === null ? '–' : formatMoney(locale, amount)),
    },
    {
      key: 'shared',
      title: t('sharedLeads.since'),
      orderBy: ({ sharedAt }) => sharedAt,
      cell: ({ sharedBy, sharedAt }) => (
        <>
          <Text size="sm">{format.moment(sharedAt)}</Text>
          <Text size="xs" c="dimmed">
            {sharedBy}
          </Text>
        </>
      ),
    },
  ];
}
