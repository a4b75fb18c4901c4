import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ForeseenPersonView } from '#contracts';
import { useFormat } from './format';
import { useSentence } from './sentence';

interface StepWaitsProps {
  readonly waits: ForeseenPersonView['steps'][number]['waits'];
  /** The clock of whoever waits. */
  readonly timeZone: string;
}

/** Why a foreseen step comes later than it falls due, and since when it would have. */
export function StepWaits({ waits, timeZone }: StepWaitsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = useSentence();
  return waits.map(({ reason, sentence, since }) => (
    <Text key={reason} size="xs" c="dimmed">
      {t('dryRun.waits', {
        since: `${format.weekday(since, timeZone)}, ${format.time(since, timeZone)}`,
        sentence: inWords('reasons', reason, sentence),
      })}
    </Text>
  ));
}
