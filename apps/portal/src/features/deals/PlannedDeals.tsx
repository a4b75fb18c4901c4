import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DealImportView } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { formatMoney } from '../../shared/money';
import { useUserLocale } from '../../shared/user-locale';

type Row = DealImportView['rows'][number];
type Outcome = Row['outcome'];

const OUTCOMES = ['refused', 'new', 'changed', 'unchanged'] as const satisfies readonly Outcome[];
const COLOURS: Readonly<Record<Outcome, string>> = { new: 'teal', changed: 'blue', unchanged: 'gray', refused: 'red' };
/** More rows make the browser slow. */
const SHOWN = 300;

/** Rows of an import with what is done with each, refused ones first. */
export function PlannedDeals({ rows }: { readonly rows: readonly Row[] }) {
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
            key: 'outcome',
            title: t('partnerImport.outcome'),
            cell: ({ outcome }) => (
              <Badge color={COLOURS[outcome]} variant="light" tt="none">
                {t(`partnerImport.outcomes.${outcome}`)}
              </Badge>
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
function Details({ row: { outcome, changes, faults, ofLead } }: { readonly row: Row }) {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language);
  return (
    <Stack gap={2}>
      {outcome === 'new' && <Text size="sm">{t(ofLead ? 'dealImport.ofLead' : 'dealImport.noLead')}</Text>}
      {outcome === 'changed' && (
        <Text size="sm">
          {t('dealImport.changes', { fields: list.format(changes.map((field) => t(`dealImport.field.${field}`))) })}
        </Text>
      )}
      {faults.map(({ reason, field, value }) => (
        <Text key={`${reason} ${field}`} size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {t(`dealImport.fault.${reason}`, { field, value })}
        </Text>
      ))}
    </Stack>
  );
}
