import { SimpleGrid, Switch } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListScreen } from '../../shared/ListScreen';
import { ReadyPostCard } from '../../shared/posts/ReadyPostCard';
import { useReadyPosts } from './api';

/** Due posts of all of a partner's campaigns, newest first. */
export function PostsScreen() {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const state = isWhole ? 'all' : 'open';
  const posts = useReadyPosts(state);
  return (
    <ListScreen
      title={t('readyPosts.title')}
      lead={t('readyPosts.lead')}
      filter={
        <Switch
          label={t('readyPosts.all')}
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
      }
      list={posts}
      empty={{ icon: IconSend, title: t('readyPosts.none'), text: t('readyPosts.noneText') }}
    >
      {(items) => (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {items.map((post) => (
            <ReadyPostCard key={`${post.activationId} ${post.postKey}`} post={post} />
          ))}
        </SimpleGrid>
      )}
    </ListScreen>
  );
}
