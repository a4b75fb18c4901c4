import { Anchor, Badge, Box, Button, Group, Table } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ListScreen } from '../../shared/ListScreen';
import { NOTIFICATIONS_KEY, readNotifications } from '../../shared/notifications';
import { type NotificationItem, NotificationText } from '../../shared/NotificationText';
import { useProblemNotice } from '../../shared/problem-notice';
import { useNotificationPages } from './api';

/** All that the person was told of in this organisation, newest first. */
export function NotificationsScreen() {
  const { t } = useTranslation();
  const pages = useNotificationPages();
  const read = useRead();
  return (
    <ListScreen
      title={t('notifications.title')}
      lead={t('notifications.lead')}
      actions={
        <Group>
          <Button component={Link} to="/account#notifications" variant="default">
            {t('notifications.settings')}
          </Button>
          <Button
            variant="default"
            loading={read.isPending}
            disabled={pages.data?.some(({ isUnread }) => isUnread) !== true}
            onClick={() => read.mutate({})}
          >
            {t('notifications.readAll')}
          </Button>
        </Group>
      }
      list={pages}
      empty={{ icon: IconBell, title: t('notifications.none'), text: t('notifications.noneText') }}
    >
      {(items) => (
        <Table verticalSpacing="sm">
          <Table.Tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </ListScreen>
  );
}

function Row({ item }: { readonly item: NotificationItem }) {
  const { t } = useTranslation();
  const read = useRead();
  const { id, isUnread, path, kind } = item;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          component={Link}
          to={path}
          c="inherit"
          onClick={() => {
            if (isUnread) read.mutate({ ids: [id] });
          }}
        >
          <NotificationText item={item} />
        </Anchor>
        <Box mt={4}>
          <Badge variant="light" color="gray" tt="none" fw={500}>
            {t(`profile.notifications.kinds.${kind}`)}
          </Badge>
        </Box>
      </Table.Td>
      <Table.Td ta="end">
        <Button
          variant="subtle"
          size="compact-sm"
          loading={read.isPending}
          onClick={() => read.mutate({ ids: [id], isRead: isUnread })}
        >
          {t(isUnread ? 'notifications.read' : 'notifications.unread')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function useRead() {
  const client = useQueryClient();
  const onError = useProblemNotice();
  return useMutation({
    mutationFn: readNotifications,
    onSuccess: () => client.invalidateQueries({ queryKey: NOTIFICATIONS_KEY }),
    onError,
  });
}
