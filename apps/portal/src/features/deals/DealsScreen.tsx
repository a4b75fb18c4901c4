import { Button, Text, UnstyledButton } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DEAL_SORTS, DEAL_STAGES, type DealView } from '#contracts';
import { isId } from '../../shared/address-values';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { DealAmount } from '../../shared/leads/DealAmount';
import { statusOf } from '../../shared/leads/deal-text';
import { withQuery } from '../../shared/list-query';
import { ListScreen, useSharedSearch } from '../../shared/ListScreen';
import { SavedViewsMenu } from '../../shared/SavedViewsMenu';
import { useReaderTitle } from '../../shared/reader-title';
import { useCan } from '../../shared/session';
import { StatusBadge } from '../../shared/StatusBadge';
import { useUrlState } from '../../shared/url-state';
import { DealDrawer } from './DealDrawer';
import { DealListSum } from './DealListSum';
import { DealFilters, useDealQuery } from './DealFilters';
import { ExpectedDay } from './ExpectedDay';
import { DealInvitation, SharedDeals } from './SharedDeals';
import { useDeals } from './api';

/** A partner's deals, the newest first until a column is sorted. `?deal=` opens one, `?invitation=` asks to take part in one. */
export function DealsScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('leads.edit');
  const [dealId, open] = useUrlState<string>('deal', '', isId);
  const [invitation, ask] = useUrlState<string>('invitation', '');
  const search = useSharedSearch();
  const { query: asked, isNarrowed } = useDealQuery(search);
  const list = useDeals(asked);
  const columns = useDealColumns(open);
  return (
    <ListScreen
      title={t('deals.title')}
      lead={t('deals.lead')}
      list={list}
      isNarrowed={isNarrowed}
      search={{ ...search, label: t('deals.search') }}
      filter={<DealFilters />}
      actions={
        <>
          <CsvLink path={withQuery('/deals/list.csv', asked)} label={t('deals.csv')} />
          <SavedViewsMenu screen="/deals" />
          {canEdit && (
            <Button component={Link} to="/deals/import" variant="default">
              {t('deals.import')}
            </Button>
          )}
        </>
      }
      empty={{ icon: IconCoins, title: t('deals.none'), text: t('deals.noneText') }}
      after={
        <>
          <SharedDeals />
          <DealDrawer dealId={dealId === '' ? null : dealId} onClose={() => open('')} />
          <DealInvitation invitation={invitation === '' ? null : invitation} onClose={() => ask('')} />
        </>
      }
    >
      {(items, isWhole) => (
        <>
          <DealListSum query={asked} />
          <DataTable
            label={t('deals.title')}
            items={items}
            isWhole={isWhole}
            orderName="sort"
            serverSorts={DEAL_SORTS}
            rowOrder={t('common.newestFirst')}
            idOf={({ id }) => id}
            columns={columns}
            minWidth={1040}
          />
        </>
      )}
    </ListScreen>
  );
}

function useDealColumns(onOpen: (id: string) => void): readonly Column<DealView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const campaignOf = ({ campaignTitle: title, campaignTitles: titles }: DealView) => readerTitle({ title, titles });
  return [
    {
      key: 'name',
      title: t('deals.contact'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ id, name, company, externalId }) => (
        <>
          <UnstyledButton onClick={() => onOpen(id)}>
            <Text size="sm" fw={600} c="var(--mantine-color-anchor)" style={{ overflowWrap: 'anywhere' }}>
              {name === '' ? t('people.gone') : name}
            </Text>
          </UnstyledButton>
          <Text size="xs" c="dimmed">
            {[company, externalId].filter((one) => one !== null).join(' · ')}
          </Text>
        </>
      ),
    },
    { key: 'campaign', title: t('deals.campaign'), orderBy: campaignOf, cell: (deal) => campaignOf(deal) || '–' },
    {
      key: 'stage',
      title: t('deals.stage'),
      orderBy: ({ stage }) => DEAL_STAGES.indexOf(stage),
      cell: ({ stage, role, withdrawn }) => (
        <>
          {withdrawn !== null && <StatusBadge status="withdrawn" label={t('deals.event.withdrawal')} />}
          <StatusBadge status={statusOf(stage)} label={t(`deals.stages.${stage}`)} />
          {role === 'fulfilled' && (
            <Text size="xs" c="dimmed">
              {t('dealShares.roles.fulfilled')}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'amount',
      title: t('leads.amount'),
      align: 'end',
      orderBy: ({ amount }) => amount?.minorUnits ?? null,
      cell: (deal) => <DealAmount deal={deal} />,
    },
    { key: 'products', title: t('deals.products'), cell: ({ products }) => products.join(', ') || '–' },
    {
      key: 'closedOn',
      title: t('deals.decision'),
      orderBy: ({ closedOn }) => closedOn,
      cell: ({ closedOn }) => (closedOn === null ? '–' : format.day(closedOn)),
    },
    {
      key: 'expectedOn',
      title: t('deals.expectedOn'),
      orderBy: ({ expectedOn }) => expectedOn,
      cell: (deal) => {
        if (deal.isOverdue) return <ExpectedDay deal={deal} />;
        return deal.expectedOn === null ? '–' : format.day(deal.expectedOn);
      },
    },
    {
      key: 'updatedAt',
      title: t('deals.updated'),
      orderBy: ({ updatedAt }) => updatedAt,
      cell: ({ updatedAt }) => format.moment(updatedAt),
    },
  ];
}
