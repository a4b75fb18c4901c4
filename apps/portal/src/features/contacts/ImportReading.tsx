import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactImportPreview } from '#contracts';
import { useFormat } from '../../shared/format';

/** How a file is to be read; what is absent is found out. */
export interface Reading {
  readonly encoding?: string;
  readonly sheet?: string;
  /** Columns that say who wants no e-mail. */
  readonly optOutColumns?: readonly number[];
}

interface ImportReadingProps {
  readonly preview: ContactImportPreview;
  readonly onReading: (reading: Reading) => void;
}

/** How a file was read, with a choice of encoding and of the sheet. */
export function ImportReading({ preview, onReading }: ImportReadingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { encoding, encodings, sheets, sheet, total, delimiter } = preview;
  const read =
    preview.format === 'csv'
      ? t('import.found', { encoding, delimiter: delimiter === '\t' ? '⇥' : delimiter })
      : t(`import.foundFormat.${preview.format}`);
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {read} · {t('import.total', { count: total, number: format.number(total) })}
      </Text>
      <Group align="flex-start">
        {encodings.length > 0 && (
          <NativeSelect
            size="xs"
            label={t('import.encoding')}
            description={t('import.encodingHow')}
            value={encoding}
            onChange={(event) => onReading({ encoding: event.currentTarget.value })}
            data={encodings}
          />
        )}
        {sheets.length > 1 && (
          <NativeSelect
            size="xs"
            label={t('import.sheet')}
            value={sheet ?? ''}
            onChange={(event) => onReading({ sheet: event.currentTarget.value })}
            data={sheets}
          />
        )}
      </Group>
    </Stack>
  );
}
