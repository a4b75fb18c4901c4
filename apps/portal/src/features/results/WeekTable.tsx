import { Stack, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorCampaignInsight } from '#contracts';
import { useFormat } from '../../shared/format';

const COLUMNS = ['sent', 'delivered', 'clicks', 'leads', 'won'] as const;

/** How many partners took part in each week, and what came of it; weeks of too few stay empty. */
export function WeekTable({ weeks }: Pick<VendorCampaignInsight, 'weeks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Title order={3}>{t('use.weeks')}</Title>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('use.week')}</Table.Th>
              <Table.Th ta="right">{t('use.partners')}</Table.Th>
              {COLUMNS.map((name) => (
                <Table.Th key={name} ta="right">
                  {t(`results.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {weeks.map(({ startsOn, partners, numbers }) => (
              <Table.Tr key={startsOn}>
                <Table.Td>{format.day(startsOn)}</Table.Td>
                <Table.Td ta="right">{partners === null ? t('results.tooFew') : format.number(partners)}</Table.Td>
                {COLUMNS.map((name) => (
                  <Table.Td key={name} ta="right">
                    {numbers !== null && format.number(numbers[name])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
