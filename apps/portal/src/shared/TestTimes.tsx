import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SendTimeView } from '#contracts';
import { useSendTimeText } from './send-time';

/** The times that a step tests. Nothing for other steps. */
export function TestTimes({ times }: { readonly times: readonly SendTimeView[] }) {
  const { t, i18n } = useTranslation();
  const timeText = useSendTimeText();
  if (times.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(times.map(timeText));
  return (
    <Text size="sm" c="dimmed">
      {t('experiments.timesTested', { times: list })}
    </Text>
  );
}
