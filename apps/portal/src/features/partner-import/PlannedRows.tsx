import { Badge, Chip, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerImportView } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useValueText } from '../../shared/partner-attributes/value-text';
import { useAttributes } from './api';

type Row = PartnerImportView['rows'][number];
type Outcome = Row['outcome'];

const OUTCOMES = ['refused', 'new', 'changed', 'unchanged'] as const satisfies readonly Outcome[];
const COLOURS: Readonly<Record<Outcome, string>> = { new: 'teal', changed: 'blue', unchanged: 'gray', refused: 'red' };
/** More rows make the browser slow. */
const SHOWN = 300;

/** Rows of an import with what is done with each, refused ones first. */
export function PlannedRows({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, setChosen] = useState<'all' | Outcome>('all');
  const columns = useColumns();
  const of = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome);
  const present = OUTCOMES.filter((outcome) => of(outcome).length > 0);
  const wanted = chosen === 'all' ? OUTCOMES.flatMap(of) : of(chosen);
  return (
    <Stack gap="sm">
      {present.length > 1 && (
        <Chip.Group multiple={false} value={chosen} onChange={setChosen}>
          <Group gap="xs" role="radiogroup" aria-label={t('partnerImport.show')}>
            {(['all', ...present] as const).map((one) => (
              <Chip key={one} value={one} variant="outline" size="sm">
                {t(`partnerImport.filter.${one}`, {
                  number: format.number(one === 'all' ? rows.length : of(one).length),
                })}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      <DataTable
        label={t('partnerImport.preview')}
        items={wanted.slice(0, SHOWN)}
        idOf={({ line }) => String(line)}
        columns={columns}
        maxHeight={480}
      />
      {wanted.length > SHOWN && (
        <Text size="sm" c="dimmed">
          {t('partnerImport.more', { number: format.number(wanted.length - SHOWN) })}
        </Text>
      )}
    </Stack>
  );
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'line', title: t('partnerImport.row'), align: 'end', cell: ({ line }) => format.number(line) },
    {
      key: 'name',
      title: t('partners.partner'),
      isHeading: true,
      maxWidth: 260,
      cell: ({ name, email }) => (
        <>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {email !== null && (
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {t('partnerImport.invites', { email })}
            </Text>
          )}
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
    { key: 'details', title: t('partnerImport.details'), maxWidth: 460, cell: (row) => <Details row={row} /> },
  ];
}

/** Each change, or each reason of a refusal. */
function Details({ row: { changes, faults } }: { readonly row: Row }) {
  const { t } = useTranslation();
  const attributes = useAttributes().data?.items ?? [];
  const valueText = useValueText();
  const changeText = ({ field, attributeId, before, after }: Row['changes'][number]): string => {
    const attribute = attributes.find(({ id }) => id === attributeId);
    const shown = (value: typeof before): string => {
      if (value === null) return t('partnerImport.noValue');
      // A field that is no attribute is a text.
      return valueText(attribute ?? { kind: 'text', options: [] }, value);
    };
    return t('partnerImport.change', {
      field: field === 'attribute' ? (attribute?.name ?? '') : t(`partnerImport.field.${field}`),
      before: shown(before),
      after: shown(after),
    });
  };
  const fieldText = (field: string): string =>
    field in FIELD_NAMES ? t(`partnerImport.field.${field as keyof typeof FIELD_NAMES}`) : field;
  return (
    <Stack gap={2}>
      {changes.map((change) => (
        <Text key={`${change.field} ${change.attributeId ?? ''}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {changeText(change)}
        </Text>
      ))}
      {faults.map(({ reason, field, value, otherLine }) => (
        <Text key={`${reason} ${field}`} size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {t(`partnerImport.fault.${reason}`, { field: fieldText(field), value, line: otherLine ?? '' })}
        </Text>
      ))}
    </Stack>
  );
}

/** Fields of a row that have a name of their own. */
const FIELD_NAMES = {
  partnerId: true,
  externalId: true,
  organisationName: true,
  email: true,
  countryCode: true,
  tier: true,
  region: true,
} as const;
