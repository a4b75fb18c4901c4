import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OptOutImport } from '#contracts';
import { useFormat } from '../../shared/format';
import { RowProblems } from '../../shared/RowProblems';

/** Rows without a valid address, with their content and the reason. */
export function UnreadableRows({ read }: { readonly read: Pick<OptOutImport, 'unreadable' | 'problems'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { unreadable, problems } = read;
  if (unreadable === 0) return null;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('optOuts.unreadable', { count: unreadable, number: format.number(unreadable) })}{' '}
        {unreadable > problems.length && t('optOuts.first')}
      </Text>
      <RowProblems problems={problems} maxHeight={320} />
    </Stack>
  );
}
