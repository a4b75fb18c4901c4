import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OfferDetail } from '#contracts';
import { CLICKS_PERCENT } from '../../../shared/experiments';
import { PowerText } from '../../../shared/PowerText';

interface TestNoteProps {
  /** Null: the campaign tests nothing. */
  readonly test: OfferDetail['test'];
  /** Who gets the campaign, of the lists that are chosen; 0 while they are counted. */
  readonly people: number;
}

/** That a campaign tests e-mails or times of sending, and what the partner's own result can show. */
export function TestNote({ test, people }: TestNoteProps) {
  const { t } = useTranslation();
  if (test === null) return null;
  return (
    <Stack gap={4}>
      <Text size="sm">{t(`experiments.testNote.${test.of}`, { count: test.arms })}</Text>
      <PowerText
        size="xs"
        c="dimmed"
        planned={{ over: 'activation', people, arms: test.arms, basePercent: CLICKS_PERCENT }}
      />
    </Stack>
  );
}
