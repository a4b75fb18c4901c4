import { Anchor, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReadyPostView } from '#contracts';
import { useCan, useSession } from '../session';
import { useFormat } from '../format';
import { useOptimistic } from '../optimistic';
import { PostCard } from '../PostCard';
import { markPosted } from '../requests';
import { queryKeys } from '../query-keys';
import { useReaderTitle } from '../reader-title';

interface ReadyPostCardProps {
  readonly post: ReadyPostView;
  /** On the activation's own screen, which already shows the campaign title. */
  readonly isAlone?: boolean;
}

/**
 * A due post for a partner: text to copy, files to download, and a switch to
 * mark it as published.
 */
export function ReadyPostCard({ post, isAlone = false }: ReadyPostCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const { activationId, postKey, readyAt, postedAt, postedBy, text, pageUrl, pictures, mayPublish } = post;
  return (
    <PostCard
      postKey={postKey}
      text={text}
      link={pageUrl}
      pictures={pictures.map(({ assetId, format: shape }) => ({
        address: `/api/v1/activations/${activationId}/assets/${assetId}`,
        format: shape,
      }))}
      head={
        <div>
          {!isAlone && (
            <Anchor component={Link} to={`/activations/${activationId}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
              {readerTitle(post)}
            </Anchor>
          )}
          <Text size="sm" c="dimmed">
            {postedAt === null
              ? t('readyPosts.due', { at: format.moment(readyAt) })
              : t('readyPosts.posted', { at: format.moment(postedAt), by: postedBy ?? '' })}
          </Text>
          {!mayPublish && <Text size="sm">{t('readyPosts.held')}</Text>}
          {mayPublish && text === null && <Text size="sm">{t('readyPosts.coming')}</Text>}
        </div>
      }
    >
      <Said post={post} />
    </PostCard>
  );
}

/**
 * Whether the partner has marked the post as published.
 * The mark can be removed.
 */
function Said({ post: { activationId, postKey, postedAt, mayPublish } }: { readonly post: ReadyPostView }) {
  const { t } = useTranslation();
  const canControl = useCan()('activations.control');
  const { user } = useSession();
  const say = useOptimistic({
    list: queryKeys.readyPosts,
    shown: (row: ReadyPostView, posted: boolean) =>
      row.activationId === activationId && row.postKey === postKey
        ? { ...row, postedAt: posted ? new Date().toISOString() : null, postedBy: posted ? user.name : null }
        : row,
    ask: (posted) => markPosted(activationId, postKey, { posted }),
  });
  if (!canControl || (!mayPublish && postedAt === null)) return null;
  const isPosted = postedAt !== null;
  return (
    <Group justify="flex-end" mt="auto">
      <Button
        size="xs"
        variant={isPosted ? 'subtle' : 'filled'}
        color={isPosted ? 'gray' : 'teal'}
        aria-label={t(isPosted ? 'readyPosts.unsayOf' : 'readyPosts.sayOf', { post: postKey })}
        onClick={() => say.mutate(!isPosted)}
      >
        {t(isPosted ? 'readyPosts.unsay' : 'readyPosts.say')}
      </Button>
    </Group>
  );
}
