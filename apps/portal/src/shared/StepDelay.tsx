import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ForecastContactView } from '#contracts';
import { useFormat } from './format';
import { useTranslateCode } from './translate-code';

interface StepDelayProps {
  readonly waits: ForecastContactView['steps'][number]['waits'];
  /** Time zone of the contact. */
  readonly timeZone: string;
}

/** Why a step is sent later than it is due, and its due date. */
export function StepDelay({ waits, timeZone }: StepDelayProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  return waits.map(({ reason, sentence, since }) => (
    <Text key={reason} size="xs" c="dimmed">
      {t('dryRun.waits', {
        since: `${format.weekday(since, timeZone)}, ${format.time(since, timeZone)}`,
        sentence: translateCode('reasons', reason, sentence),
      })}
    </Text>
  ));
}
