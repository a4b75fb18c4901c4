import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NotificationPage } from '#contracts';
import { useFormat } from './format';
import { localised } from './localised';

export type NotificationItem = NotificationPage['items'][number];

/** What happened, and when. An unread one is bold. */
export function NotificationText({ item }: { readonly item: NotificationItem }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { event, at, by, title, number, isUnread } = item;
  const names = { by: by ?? '', title: title === null ? '' : localised(title, i18n.language), number: number ?? '' };
  return (
    <>
      <Text size="sm" fw={isUnread ? 600 : 400} style={{ overflowWrap: 'anywhere' }}>
        {t(`notifications.events.${event}`, names)}
      </Text>
      <Text size="xs" c="dimmed">
        {format.moment(at)}
      </Text>
    </>
  );
}
