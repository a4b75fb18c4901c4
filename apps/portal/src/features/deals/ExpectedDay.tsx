import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DealView } from '#contracts';
import { useFormat } from '../../shared/format';

interface ExpectedDayProps {
  readonly deal: Pick<DealView, 'expectedOn' | 'isOverdue'>;
}

/** When an open deal should be decided, marked where that day is past. Nothing without a day. */
export function ExpectedDay({ deal: { expectedOn, isOverdue } }: ExpectedDayProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (expectedOn === null) return null;
  const day = format.day(expectedOn);
  return isOverdue ? (
    <Text size="sm" fw={600} c="var(--mantine-color-error)">
      {t('deals.overdue', { day })}
    </Text>
  ) : (
    <Text size="sm">{t('deals.expected', { day })}</Text>
  );
}
