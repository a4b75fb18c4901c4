import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationInsight } from '#contracts';
import { useFormat } from './format';
import { useAmountText } from './money';

interface ResultFiguresProps extends Pick<ActivationInsight, 'numbers' | 'clicked' | 'rates'> {
  /** Won; null: the screen begins with them. */
  readonly amounts: ActivationInsight['amounts'] | null;
}

/** Key figures: money, then people, then e-mails. Each with its share and what it is a share of. */
export function ResultFigures({ numbers, clicked, rates, amounts }: ResultFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const bounced = Object.values(numbers.bounced).reduce((sum, count) => sum + count, 0);
  const share = (value: number | undefined, base: 'ofSent' | 'ofDelivered' | 'perDelivered' = 'ofDelivered') =>
    value === undefined ? '' : t(`results.${base}`, { share: format.share(value) });
  const money = amounts === null ? [] : [{ name: 'amounts', value: amountText(amounts) || '–', note: '' } as const];
  const groups = [
    { name: 'money', figures: money },
    {
      name: 'people',
      figures: [
        { name: 'leads', value: format.number(numbers.leads), note: share(rates?.leads) },
        { name: 'won', value: format.number(numbers.won), note: share(rates?.won) },
        { name: 'clicked', value: format.number(clicked), note: '' },
        { name: 'unsubscribed', value: format.number(numbers.unsubscribed), note: share(rates?.unsubscribed) },
      ],
    },
    {
      name: 'emails',
      figures: [
        { name: 'sent', value: format.number(numbers.sent), note: '' },
        { name: 'delivered', value: format.number(numbers.delivered), note: '' },
        { name: 'bounced', value: format.number(bounced), note: share(rates?.bounced, 'ofSent') },
        { name: 'clicks', value: format.number(numbers.clicks), note: share(rates?.clicks, 'perDelivered') },
      ],
    },
  ] as const;
  return (
    <Stack gap="lg">
      {groups
        .filter(({ figures }) => figures.length > 0)
        .map(({ name: group, figures }) => (
          <Stack key={group} gap="xs">
            <Text size="sm" fw={600}>
              {t(`results.groups.${group}`)}
            </Text>
            <SimpleGrid cols={{ base: 2, sm: 3, xl: 5 }} component="dl" m={0}>
              {figures.map(({ name, value, note }) => (
                <Paper key={name} withBorder p="md">
                  <Text component="dt" size="sm" c="dimmed">
                    {t(`results.${name}`)}
                  </Text>
                  <Text component="dd" m={0} fz={name === 'amounts' ? 20 : 26} fw={650} lh={1.3}>
                    {value}
                  </Text>
                  <Text component="dd" m={0} size="xs" c="dimmed" mih={18}>
                    {note}
                  </Text>
                </Paper>
              ))}
            </SimpleGrid>
          </Stack>
        ))}
    </Stack>
  );
}
