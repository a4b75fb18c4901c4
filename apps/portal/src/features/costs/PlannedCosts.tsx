import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CostImportView } from '#contracts';
import { useFormat } from '../../shared/format';
import { PlannedRows } from '../../shared/list-import/PlannedRows';
import { formatMoney } from '../../shared/money';
import { useUserLocale } from '../../shared/user-locale';

type Row = CostImportView['rows'][number];

/** Rows of a file of costs with what is done with each. */
export function PlannedCosts({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  return (
    <PlannedRows
      rows={rows}
      columns={[
        {
          key: 'cost',
          title: t('costs.one'),
          isHeading: true,
          cell: ({ reference, description }) => (
            <>
              <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                {description ?? reference}
              </Text>
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {reference}
              </Text>
            </>
          ),
        },
        {
          key: 'days',
          title: t('costs.days'),
          cell: ({ from, to }) => {
            if (from === null) return '';
            return to === null || from === to
              ? format.day(from)
              : t('costs.fromTo', { from: format.day(from), to: format.day(to) });
          },
        },
        {
          key: 'amount',
          title: t('leads.amount'),
          align: 'end',
          cell: ({ amount }) => (amount === null ? '' : formatMoney(locale, amount)),
        },
      ]}
      detailsOf={(row) => <Details row={row} />}
    />
  );
}

/** Columns that a refusal names. */
const COLUMNS = [
  'reference',
  'description',
  'amount',
  'currency',
  'from',
  'to',
  'campaign',
  'partner',
  'tactic',
] as const;

/** What changes, or each reason of a refusal. */
function Details({ row: { outcome, changes, faults } }: { readonly row: Row }) {
  const { t, i18n } = useTranslation();
  const locale = useUserLocale();
  const list = new Intl.ListFormat(i18n.language);
  const columnName = (name: string): string => {
    const column = COLUMNS.find((one) => one === name);
    return column === undefined ? name : t(`costImport.field.${column}`);
  };
  return (
    <Stack gap={2}>
      {outcome === 'changed' && (
        <Text size="sm">
          {t('costImport.changes', { fields: list.format(changes.map((field) => t(`costImport.field.${field}`))) })}
        </Text>
      )}
      {faults.map(({ reason, field, value, most, decimals }) => (
        <Text key={`${reason} ${field}`} size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {t(`costImport.fault.${reason}`, {
            field: columnName(field),
            value,
            most: most === undefined ? '' : formatMoney(locale, most),
            decimals: decimals ?? 0,
          })}
        </Text>
      ))}
    </Stack>
  );
}
