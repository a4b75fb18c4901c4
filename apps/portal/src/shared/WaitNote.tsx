import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface WaitNoteProps {
  readonly isWaiting: boolean;
  /** What happens meanwhile, as a sentence. */
  readonly what: string;
}

/** Says what is being done, with its seconds, when a wait takes longer than one. */
export function WaitNote({ isWaiting, what }: WaitNoteProps) {
  return isWaiting ? <Waiting what={what} /> : null;
}

function Waiting({ what }: Pick<WaitNoteProps, 'what'>) {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Text size="sm" c="dimmed" role="status">
      {seconds > 0 && what}
      {/* A screen reader would read each second aloud. */}
      {seconds > 0 && <span aria-hidden> {t('common.waited', { seconds })}</span>}
    </Text>
  );
}
