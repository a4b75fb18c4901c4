import { NativeSelect, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactImportPreview } from '#contracts';
import { useFormat } from '../../shared/format';
import {
  answerKey,
  hasUnclear,
  meaningOf,
  type OptOutAnswers,
  type OptOutMeaning,
  optedOutRows,
} from './opt-out-answers';

type OptOutColumn = ContactImportPreview['optOuts'][number];

interface ImportOptOutsProps {
  readonly columns: readonly OptOutColumn[];
  readonly answers: OptOutAnswers;
  readonly onAnswers: (answers: OptOutAnswers) => void;
}

/** Shows who wants no e-mails by the file, and asks where it is not clear. */
export function ImportOptOuts({ columns, answers, onAnswers }: ImportOptOutsProps) {
  const { t } = useTranslation();
  const heading = useId();
  if (columns.length === 0) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={heading}>
      <Stack>
        <Title order={2} size="h3" id={heading}>
          {t('import.optOuts.title')}
        </Title>
        <Text size="sm">{t('import.optOuts.how')}</Text>
        {columns.map((column) => (
          <ColumnValues key={column.column} column={column} answers={answers} onAnswers={onAnswers} />
        ))}
        {hasUnclear(columns, answers) && (
          <Text size="sm" c="red" role="alert">
            {t('import.optOuts.choose')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

interface ColumnValuesProps extends Omit<ImportOptOutsProps, 'columns'> {
  readonly column: OptOutColumn;
}

function ColumnValues({ column, answers, onAnswers }: ColumnValuesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const out = optedOutRows(column, answers);
  const name = column.header === '' ? String(column.column + 1) : column.header;
  const shown = (value: string): string =>
    value === '' ? t('import.optOuts.empty') : value === '*' && column.hasManyValues ? t('import.optOuts.any') : value;
  const choices: readonly OptOutMeaning[] = ['opted-out', 'may-be-mailed'];
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {name} · {t('import.optOuts.count', { count: out, number: format.number(out) })}
      </Text>
      <Table maw={560} aria-label={name}>
        <Table.Tbody>
          {column.values.map((value) => {
            const meaning = meaningOf(answers, column, value);
            return (
              <Table.Tr key={value.value}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{shown(value.value)}</Table.Td>
                <Table.Td>{t('import.total', { count: value.rows, number: format.number(value.rows) })}</Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={`${t('import.optOuts.meaning')}: ${shown(value.value)}`}
                    error={meaning === 'unclear'}
                    value={meaning}
                    onChange={({ currentTarget }) => {
                      const chosen = choices.find((one) => one === currentTarget.value) ?? meaning;
                      onAnswers({ ...answers, [answerKey(column.column, value.value)]: chosen });
                    }}
                    data={[...choices, ...(meaning === 'unclear' ? (['unclear'] as const) : [])].map((one) => ({
                      value: one,
                      label: t(`import.optOuts.${one}`),
                    }))}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
