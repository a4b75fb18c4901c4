import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { COST_SORTS, type CostView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useCostChoices } from '../../shared/cost-choices';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { withQuery } from '../../shared/list-query';
import { ListScreen } from '../../shared/ListScreen';
import { formatMoney } from '../../shared/money';
import { SavedViewsMenu } from '../../shared/SavedViewsMenu';
import { useReaderTitle } from '../../shared/reader-title';
import { useCan, useSession } from '../../shared/session';
import { useUserLocale } from '../../shared/user-locale';
import { CostForm, type CostInput } from './CostForm';
import { CostFilters, useCostQuery } from './CostFilters';
import { useCostChanges, useCosts } from './api';

/** What a vendor or a partner paid for marketing, the newest first. */
export function CostsScreen() {
  const { t } = useTranslation();
  const kind = useSession().organisation?.kind === 'vendor' ? 'vendor' : 'partner';
  const canEdit = useCan()(`${kind}-costs.edit`);
  const { query, isNarrowed } = useCostQuery();
  const list = useCosts(query);
  const [edited, edit] = useState<CostView | 'new' | null>(null);
  const columns = useCostColumns(kind === 'vendor');
  const { remove } = useCostChanges(() => undefined);
  return (
    <ListScreen
      title={t('costs.title')}
      lead={
        <>
          {t(`costs.lead.${kind}`)}{' '}
          <Anchor component={Link} to={kind === 'vendor' ? '/campaign-results' : '/results'} size="sm">
            {t('costs.toResults')}
          </Anchor>
        </>
      }
      list={list}
      isNarrowed={isNarrowed}
      filter={<CostFilters isVendor={kind === 'vendor'} />}
      actions={
        <>
          <CsvLink path={withQuery('/costs/costs.csv', query)} label={t('costs.csv')} />
          <SavedViewsMenu screen="/costs" />
          {canEdit && (
            <>
              <Button component={Link} to="/costs/import" variant="default">
                {t('costs.import')}
              </Button>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit('new')}>
                {t('costs.add')}
              </Button>
            </>
          )}
        </>
      }
      empty={{ icon: IconReceipt, title: t('costs.none'), text: t('costs.noneText') }}
      after={<CostDialog edited={edited} onClose={() => edit(null)} />}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('costs.title')}
          items={items}
          isWhole={isWhole}
          orderName="sort"
          serverSorts={COST_SORTS}
          rowOrder={t('common.newestFirst')}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={920}
          actions={
            canEdit &&
            ((cost) => (
              <Group gap="xs" justify="flex-end" wrap="nowrap">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`${t('costs.change')}: ${cost.description}`}
                  onClick={() => edit(cost)}
                >
                  {t('costs.change')}
                </Button>
                <Confirm
                  label={t('costs.removeOf', { description: cost.description })}
                  shortLabel={t('costs.remove')}
                  question={t('costs.removeQuestion')}
                  quiet
                  size="xs"
                  onConfirm={() => remove.mutateAsync(cost.id)}
                >
                  {t('costs.removeText', { description: cost.description })}
                </Confirm>
              </Group>
            ))
          }
        />
      )}
    </ListScreen>
  );
}

interface CostDialogProps {
  readonly edited: CostView | 'new' | null;
  readonly onClose: () => void;
}

function CostDialog({ edited, onClose }: CostDialogProps) {
  const { t } = useTranslation();
  const choices = useCostChoices();
  const { add, change } = useCostChanges(onClose);
  const cost = edited === 'new' ? null : edited;
  const save = (input: CostInput) =>
    cost === null ? add.mutate(input) : change.mutate({ costId: cost.id, body: changesOf(cost, input) });
  const close = () => {
    add.reset();
    change.reset();
    onClose();
  };
  return (
    <Dialog opened={edited !== null} onClose={close} title={t(cost === null ? 'costs.add' : 'costs.change')} centered>
      {edited !== null && choices.data !== undefined && (
        <CostForm
          cost={cost}
          choices={choices.data}
          today={new Date().toISOString().slice(0, 10)}
          isSaving={add.isPending || change.isPending}
          error={add.error ?? change.error}
          onSave={save}
        />
      )}
    </Dialog>
  );
}

/** Only what was changed, so that another person's change of the rest stays. */
const changesOf = (cost: CostView, input: CostInput): Partial<CostInput> =>
  Object.fromEntries(
    Object.entries(input).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(cost[name as keyof CostInput]),
    ),
  );

function useCostColumns(isVendor: boolean): readonly Column<CostView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const readerTitle = useReaderTitle();
  const campaignOf = ({ campaignTitle: title, campaignTitles: titles }: CostView) => readerTitle({ title, titles });
  const partner: Column<CostView> = {
    key: 'partner',
    title: t('costs.partner'),
    orderBy: ({ partnerName }) => partnerName,
    cell: ({ partnerName }) => partnerName ?? '–',
  };
  return [
    {
      key: 'description',
      title: t('costs.description'),
      isHeading: true,
      orderBy: ({ description }) => description,
      maxWidth: 320,
      cell: ({ description, reference }) => (
        <>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {description}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {reference}
          </Text>
        </>
      ),
    },
    { key: 'campaign', title: t('costs.campaign'), orderBy: campaignOf, cell: (cost) => campaignOf(cost) || '–' },
    ...(isVendor ? [partner] : []),
    {
      key: 'tactic',
      title: t('costs.tactic'),
      cell: ({ tactic }) => (tactic === null ? '–' : t(`costs.tactics.${tactic}`)),
    },
    {
      key: 'from',
      title: t('costs.days'),
      orderBy: ({ from }) => from,
      cell: ({ from, to }) =>
        from === to ? format.day(from) : t('costs.fromTo', { from: format.day(from), to: format.day(to) }),
    },
    {
      key: 'amount',
      title: t('leads.amount'),
      align: 'end',
      orderBy: ({ amount }) => amount.minorUnits,
      cell: ({ amount }) => formatMoney(locale, amount),
    },
  ];
}
