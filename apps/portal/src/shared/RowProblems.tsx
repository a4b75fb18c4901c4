import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DataTable } from './DataTable';
import { useFormat } from './format';
import { useTranslateCode } from './translate-code';

/** A row with a problem, with its number in the file. */
interface RowProblem {
  readonly row: number;
  readonly code: string;
  readonly value: string | null;
  readonly message: string;
}

interface RowProblemsProps {
  /** Accessible name; default: rows with problems. */
  readonly label?: string;
  readonly problems: readonly RowProblem[];
  readonly maxHeight?: number;
}

/** Rows of a list with problems: content and reason. */
export function RowProblems({ problems, label, ...room }: RowProblemsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  return (
    <DataTable
      {...room}
      label={label ?? t('import.problems')}
      items={problems}
      idOf={({ row, code, message, value }) => `${row} ${code} ${message} ${value ?? ''}`}
      minWidth={420}
      columns={[
        { key: 'row', title: t('import.row'), isHeading: true, cell: ({ row }) => format.number(row) },
        {
          key: 'value',
          title: t('import.value'),
          maxWidth: 320,
          cell: ({ value }) => (
            <Text size="sm" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          ),
        },
        { key: 'why', title: t('import.why'), cell: ({ code, message }) => translateCode('problems', code, message) },
      ]}
    />
  );
}
