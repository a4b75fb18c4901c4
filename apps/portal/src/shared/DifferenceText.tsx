import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HoldOutResult } from '#contracts';
import { usePoints } from './experiments';
import { useFormat } from './format';

interface DifferenceTextProps extends Pick<HoldOutResult, 'difference' | 'verdict' | 'smallest'> {
  /** Null: the interval may be read on each day. */
  readonly readAt: string | null;
  readonly of: 'leads' | 'clicks';
}

/** The difference of two groups in percentage points with its interval, and what it means today. */
export function DifferenceText({ difference, verdict, readAt, smallest, of }: DifferenceTextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, signed } = usePoints();
  return (
    <Stack gap={2}>
      {difference !== null && (
        <Text size="sm">
          {t('experiments.difference', {
            points: signed(difference.estimate),
            from: signed(difference.from),
            to: signed(difference.to),
          })}
        </Text>
      )}
      <Text size="sm" fw={verdict === 'open' ? 400 : 600}>
        {verdict === 'open' && readAt !== null
          ? t('experiments.openUntil', { at: format.date(readAt) })
          : t(`experiments.verdict.${of}.${verdict}`)}
      </Text>
      {smallest !== null && verdict !== 'better' && (
        <Text size="xs" c="dimmed">
          {t('experiments.finds', { points: points(smallest) })}
        </Text>
      )}
    </Stack>
  );
}
