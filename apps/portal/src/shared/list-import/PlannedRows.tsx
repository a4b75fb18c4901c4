import { Badge, Chip, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../DataTable';
import { useFormat } from '../format';
import { COLOURS, type Outcome, OUTCOMES, type PlannedRow } from './planned-row';

/** More rows make the browser slow. */
const SHOWN = 300;

interface PlannedRowsProps<Row extends PlannedRow> {
  readonly rows: readonly Row[];
  /** The columns between the number of the row and its outcome. */
  readonly columns: readonly Column<Row>[];
  /** Each change, or each reason of a refusal. */
  readonly detailsOf: (row: Row) => ReactNode;
}

/** Rows of an import with what is done with each, refused ones first. */
export function PlannedRows<Row extends PlannedRow>({ rows, columns, detailsOf }: PlannedRowsProps<Row>) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, setChosen] = useState<'all' | Outcome>('all');
  const of = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome);
  const present = OUTCOMES.filter((outcome) => of(outcome).length > 0);
  const wanted = chosen === 'all' ? OUTCOMES.flatMap(of) : of(chosen);
  return (
    <Stack gap="sm">
      {present.length > 1 && (
        <Chip.Group multiple={false} value={chosen} onChange={setChosen}>
          <Group gap="xs" role="radiogroup" aria-label={t('listImport.show')}>
            {(['all', ...present] as const).map((one) => (
              <Chip key={one} value={one} variant="outline" size="sm">
                {t(`listImport.filter.${one}`, {
                  number: format.number(one === 'all' ? rows.length : of(one).length),
                })}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      <DataTable
        label={t('listImport.show')}
        items={wanted.slice(0, SHOWN)}
        idOf={({ line }) => String(line)}
        maxHeight={480}
        columns={[
          { key: 'line', title: t('listImport.row'), align: 'end', cell: ({ line }) => format.number(line) },
          ...columns,
          {
            key: 'outcome',
            title: t('listImport.outcome'),
            cell: ({ outcome }) => (
              <Badge color={COLOURS[outcome]} variant="light" tt="none" miw="max-content">
                {t(`listImport.outcomes.${outcome}`)}
              </Badge>
            ),
          },
          { key: 'details', title: t('listImport.details'), maxWidth: 460, cell: detailsOf },
        ]}
      />
      {wanted.length > SHOWN && (
        <Text size="sm" c="dimmed">
          {t('listImport.more', { number: format.number(wanted.length - SHOWN) })}
        </Text>
      )}
    </Stack>
  );
}
