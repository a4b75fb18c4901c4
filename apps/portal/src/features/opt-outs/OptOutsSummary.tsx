import { Alert, Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OptOutImport } from '#contracts';
import { useFormat } from '../../shared/format';
import { UnreadableRows } from './UnreadableRows';

interface OptOutsSummaryProps {
  readonly outcome: OptOutImport;
  readonly onward: ReactNode;
  readonly onAnother: () => void;
}

/** Result of an import. */
export function OptOutsSummary({ outcome, onward, onAnother }: OptOutsSummaryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, suppressed } = outcome;
  return (
    <Stack>
      <Alert color="teal" title={t('optOuts.done')} role="status">
        {t('optOuts.doneText', { count: suppressed, number: format.number(suppressed), rows: format.number(rows) })}
      </Alert>
      <UnreadableRows read={outcome} />
      <Group>
        {onward}
        <Button variant="default" onClick={onAnother}>
          {t('optOuts.another')}
        </Button>
      </Group>
    </Stack>
  );
}
