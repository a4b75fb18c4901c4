import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DealImportView } from '#contracts';
import { PlannedRows } from '../../shared/list-import/PlannedRows';
import { formatMoney } from '../../shared/money';
import { useUserLocale } from '../../shared/user-locale';

type Row = DealImportView['rows'][number];

/** Rows of a file of deals with what is done with each. */
export function PlannedDeals({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  return (
    <PlannedRows
      rows={rows}
      columns={[
        {
          key: 'deal',
          title: t('deals.one'),
          isHeading: true,
          cell: ({ externalId, email }) => (
            <>
              <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                {externalId}
              </Text>
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {email}
              </Text>
            </>
          ),
        },
        {
          key: 'stage',
          title: t('deals.stage'),
          cell: ({ stage }) => (stage === null ? '' : t(`deals.stages.${stage}`)),
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
  'id',
  'externalId',
  'email',
  'stage',
  'amount',
  'currency',
  'expectedOn',
  'closedOn',
  'products',
  'lostReason',
] as const;

/** What changes, or each reason of a refusal. */
function Details({ row: { outcome, changes, faults, ofLead } }: { readonly row: Row }) {
  const { t, i18n } = useTranslation();
  const locale = useUserLocale();
  const list = new Intl.ListFormat(i18n.language);
  const columnName = (name: string): string => {
    const column = COLUMNS.find((one) => one === name);
    return column === undefined ? name : t(`dealImport.field.${column}`);
  };
  return (
    <Stack gap={2}>
      {outcome === 'new' && <Text size="sm">{t(ofLead ? 'dealImport.ofLead' : 'dealImport.noLead')}</Text>}
      {outcome === 'changed' && (
        <Text size="sm">
          {t('dealImport.changes', { fields: list.format(changes.map((field) => t(`dealImport.field.${field}`))) })}
        </Text>
      )}
      {faults.map(({ reason, field, value, most, decimals }) => (
        <Text key={`${reason} ${field}`} size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {t(`dealImport.fault.${reason}`, {
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
