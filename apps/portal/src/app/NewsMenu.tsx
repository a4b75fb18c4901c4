import { ActionIcon, Indicator, Menu, Text } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NewsView } from '#contracts';
import { useFormat } from '../shared/format';
import { localised } from '../shared/localised';
import { NEWS_KEY, readNews, useNews } from './api';

const SHOWN = 15;

/** A bell with what happened in the organisation. Closing it marks what it showed as read. */
export function NewsMenu() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const news = useNews();
  const read = useMutation({ mutationFn: readNews, onSuccess: (view) => client.setQueryData(NEWS_KEY, view) });
  const { unread, items } = news.data ?? { unread: 0, items: [] };
  const newest = items[0]?.at;
  return (
    <Menu
      position="bottom-end"
      width={360}
      shadow="md"
      onClose={() => {
        if (unread > 0 && newest !== undefined) read.mutate({ until: newest });
      }}
    >
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('news.open', { count: unread })}
          style={{ overflow: 'visible' }}
        >
          <Indicator label={unread} size={16} disabled={unread === 0}>
            <IconBell size={20} aria-hidden />
          </Indicator>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('news.title')}</Menu.Label>
        {items.length === 0 && (
          <Text size="sm" px="sm" py="xs">
            {t('news.none')}
          </Text>
        )}
        {items.slice(0, SHOWN).map((item) => (
          <NewsItem key={`${item.kind} ${item.at} ${item.path}`} item={item} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function NewsItem({ item }: { readonly item: NewsView['items'][number] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { kind, at, by, title, number, path, isUnread } = item;
  const names = { by: by ?? '', title: title === null ? '' : localised(title, i18n.language), number: number ?? '' };
  return (
    <Menu.Item component={Link} to={path}>
      <Text size="sm" fw={isUnread ? 600 : 400} style={{ overflowWrap: 'anywhere' }}>
        {t(`news.kinds.${kind}`, names)}
      </Text>
      <Text size="xs" c="dimmed">
        {format.moment(at)}
      </Text>
    </Menu.Item>
  );
}
