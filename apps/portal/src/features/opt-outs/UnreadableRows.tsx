import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OptOutImport } from '#contracts';
import { useFormat } from '../../shared/format';
import { useSentence } from '../../shared/sentence';

/** Rows without an address, each with what stands there and why it is none. */
export function UnreadableRows({ read }: { readonly read: Pick<OptOutImport, 'unreadable' | 'problems'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = useSentence();
  const { unreadable, problems } = read;
  if (unreadable === 0) return null;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('optOuts.unreadable', { count: unreadable, number: format.number(unreadable) })}{' '}
        {unreadable > problems.length && t('optOuts.first')}
      </Text>
      <Table.ScrollContainer minWidth={420} mah={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.row')}</Table.Th>
              <Table.Th>{t('import.value')}</Table.Th>
              <Table.Th>{t('import.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.map(({ row, code, message, value }) => (
              <Table.Tr key={row}>
                <Table.Td>{format.number(row)}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
                <Table.Td>{inWords('problems', code, message)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
