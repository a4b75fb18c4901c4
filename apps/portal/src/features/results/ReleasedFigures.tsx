import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReleasedSums } from '#contracts';
import { useFormat } from '../../shared/format';

const FIGURES = [
  'sent',
  'bounced',
  'clicked',
  'replied',
  'unsubscribed',
  'complained',
  'leads',
  'won',
] as const satisfies readonly (keyof ReleasedSums)[];

/** Key figures of a vendor, each with its margin. */
export function ReleasedFigures({ numbers }: { readonly numbers: ReleasedSums }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
      {FIGURES.map((name) => {
        const number = numbers[name];
        const value = number?.value ?? null;
        return (
          <Paper key={name} withBorder p="md">
            <Text component="dt" size="sm" c="dimmed">
              {t(`released.${name}`)}
            </Text>
            <Text component="dd" m={0} fz={value === null ? 'md' : 26} fw={650} lh={1.3}>
              {value === null ? t(number === null ? 'released.waiting' : 'released.notTold') : format.number(value)}
            </Text>
            <Text component="dd" m={0} size="xs" c="dimmed" mih={18}>
              {number !== null &&
                (value === null
                  ? t('released.below', { smallest: format.number(number.smallest) })
                  : t('released.margin', { margin: format.number(number.margin) }))}
            </Text>
          </Paper>
        );
      })}
    </SimpleGrid>
  );
}
