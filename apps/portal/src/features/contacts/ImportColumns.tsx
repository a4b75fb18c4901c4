import { NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONTACT_COLUMN_FIELDS, type ContactImportPreview } from '#contracts';
import { SampleRows } from '../../shared/SampleRows';
import { ImportReading, type Reading } from './ImportReading';

type Field = (typeof CONTACT_COLUMN_FIELDS)[number];

/** Index of the column of each contact field. */
export type Columns = Partial<Record<Field, number>>;

/**
 * Assigns a column to a field; empty: to none. A field has at most one column.
 */
function withColumn(columns: Columns, column: number, field: string): Columns {
  const others = Object.entries(columns).filter(([name, at]) => at !== column && name !== field);
  return Object.fromEntries(field === '' ? others : [...others, [field, column]]);
}

/** Value of a choice: the column says who wants no e-mails. */
const OPT_OUT = 'optOut';

interface ImportColumnsProps {
  readonly preview: ContactImportPreview;
  readonly columns: Columns;
  readonly onColumns: (columns: Columns) => void;
  readonly onReading: (reading: Reading) => void;
}

/**
 * Shows a partner the first rows of a file, and assigns its columns to contact
 * fields.
 */
export function ImportColumns({ preview, columns, onColumns, onReading }: ImportColumnsProps) {
  const { t } = useTranslation();
  const optOuts = preview.optOuts.map(({ column }) => column);
  const fieldOf = (column: number): string =>
    optOuts.includes(column) ? OPT_OUT : (CONTACT_COLUMN_FIELDS.find((field) => columns[field] === column) ?? '');
  const choose = (column: number, chosen: string): void => {
    onColumns(withColumn(columns, column, chosen === OPT_OUT ? '' : chosen));
    const others = optOuts.filter((one) => one !== column);
    if (chosen === OPT_OUT) onReading({ optOutColumns: [...others, column] });
    else if (others.length < optOuts.length) onReading({ optOutColumns: others });
  };
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('import.columns')}
        </Title>
        <ImportReading preview={preview} onReading={onReading} />
        <SampleRows
          headers={preview.headers}
          rows={preview.rows}
          heading={(column) => (
            <>
              <NativeSelect
                size="xs"
                aria-label={t('import.column', { name: preview.headers[column] ?? String(column + 1) })}
                value={fieldOf(column)}
                onChange={(event) => choose(column, event.currentTarget.value)}
                data={[
                  { value: '', label: t('import.leave') },
                  ...CONTACT_COLUMN_FIELDS.map((field) => ({ value: field, label: t(`contact.field.${field}`) })),
                  { value: OPT_OUT, label: t('import.optOut') },
                ]}
              />
              <Text size="xs" c="dimmed" mt={4}>
                {preview.headers[column]}
              </Text>
            </>
          )}
        />
        {columns.email === undefined && (
          <Text size="sm" c="red">
            {t('import.noEmail')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
