import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/gates';

export interface BrokenFileProps {
  readonly file: string;
  readonly line: number;
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

/** Says why a file has no form, and links to the line. */
export function BrokenFile({ file, line, onJump }: BrokenFileProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow">
      <Group justify="space-between">
        <Text size="sm">{t('editorTabs.broken', { file, line })}</Text>
        <Button variant="default" size="xs" onClick={() => onJump({ file, line, column: 1 })}>
          {t('editorTabs.toLine')}
        </Button>
      </Group>
    </Alert>
  );
}
