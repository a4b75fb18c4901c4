import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type AttributionModelName, HALF_LIFE_DAYS, type PartnerReturns } from '#contracts';
import { AttributionModelSelect } from '../../shared/AttributionModelSelect';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { orderByAmount, useAmountText } from '../../shared/money';
import { useRoiText } from './roi-text';

interface TacticReturnsProps extends Pick<PartnerReturns, 'tactics'> {
  readonly total: Pick<PartnerReturns['total'], 'costs' | 'won' | 'roi' | 'withoutRoi'>;
  readonly model: AttributionModelName;
  readonly onModel: (model: AttributionModelName) => void;
  /** Of the table as CSV. */
  readonly query: string;
}

type Tactic = PartnerReturns['tactics'][number];
/** A tactic, or all. */
type Row = Omit<Tactic, 'tactic'> & { readonly tactic: Tactic['tactic'] | 'all' };

/** Costs of each tactic beside what it brought, by the chosen model. Model and sort are in the address. */
export function TacticReturns({ tactics, total, model, onModel, query }: TacticReturnsProps) {
  const { t } = useTranslation();
  const rows: readonly Row[] = tactics;
  const amountText = useAmountText();
  const roiText = useRoiText();
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3} size="h4">
          {t('returns.tacticTitle')}
        </Title>
        <CsvLink path={`/insight/tactic-returns.csv?${query}`} label={t('returns.tacticCsv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('returns.tacticLead')}
      </Text>
      <AttributionModelSelect model={model} halfLifeDays={HALF_LIFE_DAYS} onModel={onModel} />
      <DataTable
        label={t('returns.tacticTitle')}
        items={rows}
        last={[{ ...total, tactic: 'all' }]}
        isWhole
        orderName="tacticSort"
        idOf={({ tactic }) => tactic ?? 'none'}
        minWidth={520}
        columns={[
          {
            key: 'tactic',
            title: t('returns.tactic'),
            isHeading: true,
            cell: ({ tactic }) => (tactic === 'all' ? t('returns.total') : t(`costs.tactics.${tactic ?? 'none'}`)),
          },
          ...(['costs', 'won'] as const).map((name): Column<Row> => ({
            key: name,
            title: t(`returns.${name}`),
            align: 'end',
            ...orderByAmount(rows, (row) => row[name]),
            cell: (tactic) => amountText(tactic[name]) || '–',
          })),
          {
            key: 'roi',
            title: t('returns.roi'),
            align: 'end',
            orderBy: ({ roi }) => roi,
            cell: roiText,
          },
        ]}
      />
    </Stack>
  );
}
