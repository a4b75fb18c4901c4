import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { WideTable } from './WideTable';

/** Enough rows to see whether the list was read correctly. */
const SHOWN = 5;

interface SampleRowsProps {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Heading of a column, by index. */
  readonly heading: (column: number) => ReactNode;
  /** Index of the highlighted column. */
  readonly chosen?: number;
}

/** Number of columns: that of the longest row. */
export const columnCountOf = ({ headers, rows }: Pick<SampleRowsProps, 'headers' | 'rows'>): number =>
  Math.max(headers.length, ...rows.map((row) => row.length));

/** The first rows of a list, as they were read. */
export function SampleRows({ headers, rows, heading, chosen }: SampleRowsProps) {
  const { t } = useTranslation();
  const columns = Array.from({ length: columnCountOf({ headers, rows }) }, (_, column) => column);
  return (
    <WideTable label={t('import.firstRows')} minWidth={Math.max(320, columns.length * 150)}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} fw={column === chosen ? 700 : 400}>
                {heading(column)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, SHOWN).map((row, number) => (
            <Table.Tr key={number}>
              {columns.map((column) => (
                <Table.Td
                  key={column}
                  maw={260}
                  style={{ overflowWrap: 'anywhere' }}
                  fw={column === chosen ? 600 : 400}
                >
                  {/* Clamped: the beginning of a text is enough to check the columns. */}
                  <Text span inherit lineClamp={3}>
                    {row[column]}
                  </Text>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}
