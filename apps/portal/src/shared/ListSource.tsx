import { Button, Stack, Tabs, Textarea } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop } from './FileDrop';

/** Name of the file that is made of pasted rows. */
export const PASTED_NAME = 'pasted.csv';

interface ListSourceProps {
  /** Null before a choice. */
  readonly file: File | null;
  readonly pending: boolean;
  readonly onFile: (file: File) => void;
  /** Kinds and size of the files, and what can be pasted; absent: those of contacts. */
  readonly words?: { readonly kinds: string; readonly rows: string; readonly example: string };
}

/** Input for a list: a file, or rows pasted from a spreadsheet or a mail. */
export function ListSource({ file, pending, onFile, words }: ListSourceProps) {
  const { t } = useTranslation();
  const { kinds, rows, example } = words ?? {
    kinds: t('import.kinds'),
    rows: t('import.rows'),
    example: t('import.rowsExample'),
  };
  const [pasted, setPasted] = useState('');
  return (
    <Tabs defaultValue="file">
      <Tabs.List mb="md">
        <Tabs.Tab value="file">{t('import.file')}</Tabs.Tab>
        <Tabs.Tab value="paste">{t('import.paste')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="file">
        <FileDrop
          name={t('import.file')}
          label={file?.name ?? t('import.drop')}
          kinds={kinds}
          icon={<IconFileSpreadsheet size={40} stroke={1.3} aria-hidden />}
          room="xl"
          pending={pending}
          onFile={onFile}
        />
      </Tabs.Panel>
      <Tabs.Panel value="paste">
        <Stack align="flex-start">
          <Textarea
            w="100%"
            label={rows}
            placeholder={example}
            minRows={6}
            autosize
            maxRows={14}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={pasted.trim() === ''}
            loading={pending}
            onClick={() => onFile(new File([pasted], PASTED_NAME, { type: 'text/csv' }))}
          >
            {t('import.read')}
          </Button>
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}
