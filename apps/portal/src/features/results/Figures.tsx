import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InsightNumbers, InsightRates } from '#contracts';
import { useFormat } from '../../shared/format';

interface FiguresProps {
  readonly numbers: InsightNumbers;
  readonly rates: InsightRates | null;
}

/** Key figures, each with its share and base. */
export function Figures({ numbers, rates }: FiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const bounced = Object.values(numbers.bounced).reduce((sum, count) => sum + count, 0);
  const share = (value: number | undefined) => (value === undefined ? '' : format.share(value));
  const figures = [
    { name: 'sent', count: numbers.sent, note: '' },
    { name: 'delivered', count: numbers.delivered, note: '' },
    { name: 'bounced', count: bounced, note: share(rates?.bounced) },
    { name: 'clicks', count: numbers.clicks, note: share(rates?.clicks) },
    { name: 'unsubscribed', count: numbers.unsubscribed, note: share(rates?.unsubscribed) },
    { name: 'leads', count: numbers.leads, note: share(rates?.leads) },
    { name: 'won', count: numbers.won, note: share(rates?.won) },
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }} component="dl" m={0}>
      {figures.map(({ name, count, note }) => (
        <Paper key={name} withBorder p="md">
          <Text component="dt" size="sm" c="dimmed">
            {t(`results.${name}`)}
          </Text>
          <Text component="dd" m={0} fz={26} fw={650} lh={1.3}>
            {format.number(count)}
          </Text>
          <Text component="dd" m={0} size="xs" c="dimmed" mih={18}>
            {note}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
