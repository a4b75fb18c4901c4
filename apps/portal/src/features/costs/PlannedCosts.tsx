import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CostImportView } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { formatMoney } from '../../shared/money';
import { useUserLocale } from '../../shared/user-locale';

type Row = CostImportView['rows'][number];
type Outcome = Row['outcome'];

const OUTCOMES = ['refused', 'new', 'changed', 'unchanged'] as const satisfies readonly Outcome[];
const COLOURS: Readonly<Record<Outcome, string>> = { new: 'teal', changed: 'blue', unchanged: 'gray', refused: 'red' };
/** More rows make the browser slow. */
const SHOWN = 300;

/** Rows of an import with what is done with each, refused ones first. */
export function PlannedCosts({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const ordered = OUTCOMES.flatMap((outcome) => rows.filter((row) => row.outcome === outcome));
  return (
    <Stack gap="sm">
      <DataTable
        label={t('partnerImport.preview')}
        items={ordered.slice(0, SHOWN)}
        idOf={({ line }) => String(line)}
        maxHeight={480}
        columns={[
          { key: 'line', title: t('partnerImport.row'), align: 'end', cell: ({ line }) => format.number(line) },
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
            key: 'outcome',
            title: t('partnerImport.outcome'),
            cell: ({ outcome }) => (
              <Badge color={COLOURS[outcome]} variant="light" tt="none">
                {t(`partnerImport.outcomes.${outcome}`)}
              </Badge>
            ),
          },
          {
            key: 'days',
            title: t('costs.days'),
            cell: ({ from, to }) =>
              from === null || to === null || from === to
                ? from === null
                  ? ''
                  : format.day(from)
                : t('costs.fromTo', { from: format.day(from), to: format.day(to) }),
          },
          {
            key: 'amount',
            title: t('leads.amount'),
            align: 'end',
            cell: ({ amount }) => (amount === null ? '' : formatMoney(locale, amount)),
          },
          { key: 'details', title: t('partnerImport.details'), maxWidth: 420, cell: (row) => <Details row={row} /> },
        ]}
      />
      {rows.length > SHOWN && (
        <Text size="sm" c="dimmed">
          {t('partnerImport.more', { number: format.number(rows.length - SHOWN) })}
        </Text>
      )}
    </Stack>
  );
}

/** What changes, or each reason of a refusal. */
function Details({ row: { outcome, changes, faults } }: { readonly row: Row }) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language);
  return (
    <Stack gap={2}>
      {outcome === 'changed' && (
        <Text size="sm">
          {t('costImport.changes', { fields: list.format(changes.map((field) => t(`costImport.field.${field}`))) })}
        </Text>
      )}
      {faults.map(({ reason, field, value }) => (
        <Text key={`${reason} ${field}`} size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {t(`costImport.fault.${reason}`, { field, value })}
        </Text>
      ))}
    </Stack>
  );
}
