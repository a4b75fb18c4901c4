import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InsightNumbers } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { numberColumn } from './number-column';

export interface PartRow {
  readonly key: string;
  readonly name: string;
  /** Belongs to the last row that is not inner. */
  readonly isInner: boolean;
  readonly numbers: InsightNumbers;
  /** People who clicked. */
  readonly clicked: number;
}

interface PartsTableProps {
  readonly rows: readonly PartRow[];
  /** Title of the first column. */
  readonly of: string;
}

const COLUMNS = {
  sent: ({ numbers }) => numbers.sent,
  delivered: ({ numbers }) => numbers.delivered,
  bounced: ({ numbers }) => numbers.sent - numbers.delivered,
  clicks: ({ numbers }) => numbers.clicks,
  clicked: ({ clicked }) => clicked,
  unsubscribed: ({ numbers }) => numbers.unsubscribed,
  leads: ({ numbers }) => numbers.leads,
  won: ({ numbers }) => numbers.won,
} as const satisfies Record<string, (row: PartRow) => number>;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/**
 * Steps and their recipient variants.
 * Not sortable, because a variant belongs to the row above.
 */
export function PartsTable({ rows, of }: PartsTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <DataTable
      label={of}
      items={rows}
      idOf={({ key }) => key}
      minWidth={720}
      columns={[
        {
          key: 'name',
          title: of,
          isHeading: true,
          cell: ({ name, isInner }) => (
            <Text size="sm" fw={isInner ? 400 : 600} pl={isInner ? 'md' : 0}>
              {name}
            </Text>
          ),
        },
        ...NAMES.map((name) => numberColumn<PartRow>(name, t(`results.${name}`), COLUMNS[name], format.number)),
      ]}
    />
  );
}
