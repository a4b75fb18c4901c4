import { NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactImportPreview } from '#contracts';
import { SampleRows } from '../../shared/SampleRows';

const FIELDS = [
  'email',
  'fullName',
  'firstName',
  'lastName',
  'company',
  'country',
  'timeZone',
  'language',
  'industry',
  'persona',
  'stage',
  'segment',
] as const;
type Field = (typeof FIELDS)[number];

/** Index of the column of each contact field. */
export type Columns = Partial<Record<Field, number>>;

/**
 * Assigns a column to a field; empty: to none. A field has at most one column.
 */
function withColumn(columns: Columns, column: number, field: string): Columns {
  const others = Object.entries(columns).filter(([name, at]) => at !== column && name !== field);
  return Object.fromEntries(field === '' ? others : [...others, [field, column]]);
}

interface ImportColumnsProps {
  readonly preview: ContactImportPreview;
  readonly columns: Columns;
  readonly onColumns: (columns: Columns) => void;
}

/**
 * Shows a partner the first rows of a file, and assigns its columns to contact
 * fields.
 */
export function ImportColumns({ preview, columns, onColumns }: ImportColumnsProps) {
  const { t } = useTranslation();
  const fieldOf = (column: number) => FIELDS.find((field) => columns[field] === column) ?? '';
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('import.columns')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('import.found', {
            encoding: preview.encoding,
            delimiter: preview.delimiter === '\t' ? '⇥' : preview.delimiter,
          })}
        </Text>
        <SampleRows
          headers={preview.headers}
          rows={preview.rows}
          heading={(column) => (
            <>
              <NativeSelect
                size="xs"
                aria-label={t('import.column', { name: preview.headers[column] ?? String(column + 1) })}
                value={fieldOf(column)}
                onChange={(event) => onColumns(withColumn(columns, column, event.currentTarget.value))}
                data={[
                  { value: '', label: t('import.leave') },
                  ...FIELDS.map((field) => ({ value: field, label: t(`contact.field.${field}`) })),
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
