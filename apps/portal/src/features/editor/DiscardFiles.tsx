import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../shared/Confirm';

interface DiscardFilesProps {
  readonly label: string;
  readonly files: readonly string[];
  readonly onDiscard: () => Promise<unknown>;
  readonly size?: string;
}

/**
 * Discards unsaved changes of files after a confirmation that names them.
 * It cannot be undone.
 */
export function DiscardFiles({ label, files, onDiscard, size = 'sm' }: DiscardFilesProps) {
  const { t } = useTranslation();
  return (
    <Confirm
      label={label}
      question={t('editor.discardQuestion', { count: files.length })}
      disabled={files.length === 0}
      size={size}
      onConfirm={onDiscard}
    >
      <Stack gap="xs">
        <Text size="sm">{t('editor.discardText')}</Text>
        <List size="sm">
          {files.map((file) => (
            <List.Item key={file} style={{ overflowWrap: 'anywhere' }}>
              {file}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Confirm>
  );
}
