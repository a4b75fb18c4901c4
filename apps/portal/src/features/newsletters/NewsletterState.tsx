import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NewsletterCard } from '#contracts';
import { useFormat } from '../../shared/format';

const COLOURS: Readonly<Record<NewsletterCard['state'], string>> = {
  draft: 'gray',
  scheduled: 'blue',
  sending: 'yellow',
  sent: 'teal',
};

interface NewsletterStateProps {
  readonly newsletter: Pick<NewsletterCard, 'state' | 'sendAt' | 'sentAt'>;
}

/** Where a newsletter is on its way, with its time. */
export function NewsletterState({ newsletter: { state, sendAt, sentAt } }: NewsletterStateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = sentAt ?? sendAt;
  return (
    <Group gap="xs">
      <Badge variant="light" color={COLOURS[state]} tt="none">
        {t(`newsletters.states.${state}`)}
      </Badge>
      {at !== null && (
        <Text size="sm" c="dimmed">
          {format.moment(at)}
        </Text>
      )}
    </Group>
  );
}
