import { SimpleGrid, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LoadMore } from '../../shared/LoadMore';
import { ProblemNote } from '../../shared/ProblemNote';
import { ReadyPostCard } from '../../shared/posts/ReadyPostCard';
import { useActivationPosts } from './api';

/**
 * Shows a partner the posts of an activation that are due.
 * Renders nothing before the first is due.
 */
export function ActivationPosts({ activationId }: { readonly activationId: string }) {
  const { t } = useTranslation();
  const posts = useActivationPosts(activationId);
  if (posts.error !== null && posts.data === undefined) return <ProblemNote error={posts.error} />;
  if (posts.data === undefined || posts.data.length === 0) return null;
  return (
    <Stack component="section" aria-labelledby="ready-posts">
      <Title order={2} id="ready-posts">
        {t('readyPosts.section')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {posts.data.map((post) => (
          <ReadyPostCard key={post.postKey} post={post} isAlone />
        ))}
      </SimpleGrid>
      <LoadMore list={posts} />
    </Stack>
  );
}
