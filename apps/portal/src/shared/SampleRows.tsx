import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** As many rows as show whether a list was read rightly. */
const SHOWN = 5;

interface SampleRowsProps {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What stands above a column, by its place. */
  readonly heading: (column: number) => ReactNode;
  /** The column that matters. */
  readonly chosen?: number;
}

/** How many columns a list has, whichever of its rows has the most. */
export const columnCountOf = ({ headers, rows }: Pick<SampleRowsProps, 'headers' | 'rows'>): number =>
  Math.max(headers.length, ...rows.map((row) => row.length));

/** The first rows of somebody's list, as they were read. */
export function SampleRows({ headers, rows, heading, chosen }: SampleRowsProps) {
  const columns = Array.from({ length: columnCountOf({ headers, rows }) }, (_, column) => column);
  return (
    <Table.ScrollContainer minWidth={Math.max(320, columns.length * 150)}>
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
                  {/* Whether it was read rightly shows at its beginning. */}
                  <Text span inherit lineClamp={3}>
                    {row[column]}
                  </Text>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
