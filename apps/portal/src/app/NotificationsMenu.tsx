import { ActionIcon, Indicator, Menu, Text } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { NOTIFICATIONS_KEY, readNotifications } from '../shared/notifications';
import { NotificationText } from '../shared/NotificationText';
import { useNotifications } from './api';

const SHOWN = 10;

/** A bell with the newest notifications of the person, and how many are unread. */
export function NotificationsMenu() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const notifications = useNotifications();
  const read = useMutation({
    mutationFn: readNotifications,
    onSuccess: () => client.invalidateQueries({ queryKey: NOTIFICATIONS_KEY }),
  });
  const { unread, items } = notifications.data ?? { unread: 0, items: [] };
  return (
    <Menu position="bottom-end" width={380} shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('notifications.open', { count: unread })}
          style={{ overflow: 'visible' }}
        >
          <Indicator label={unread > 99 ? '99+' : unread} size={16} disabled={unread === 0}>
            <IconBell size={20} aria-hidden />
          </Indicator>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('notifications.title')}</Menu.Label>
        {items.length === 0 && (
          <Text size="sm" px="sm" py="xs">
            {t('notifications.none')}
          </Text>
        )}
        {items.slice(0, SHOWN).map((item) => (
          <Menu.Item
            key={item.id}
            component={Link}
            to={item.path}
            onClick={() => {
              if (item.isUnread) read.mutate({ ids: [item.id] });
            }}
          >
            <NotificationText item={item} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        {unread > 0 && (
          <Menu.Item closeMenuOnClick={false} disabled={read.isPending} onClick={() => read.mutate({})}>
            {t('notifications.readAll')}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/notifications">
          {t('notifications.all')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account#notifications">
          {t('notifications.settings')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
