import type { ReadyPostView } from '#contracts';

/**
 * Milliseconds until posts are refetched. Text and pictures are rendered after
 * the launch, and a post may be due before they are.
 */
export const refetchIntervalFor = (posts: readonly ReadyPostView[]): number =>
  posts.some(({ mayPublish, text }) => mayPublish && text === null) ? 2_000 : 15_000;
