import type { ReadyPostView } from '#contracts';

/** Milliseconds until posts are asked for again: text and pictures are made behind the launch, and a post may fall due before them. */
export const refetchIntervalFor = (posts: readonly ReadyPostView[]): number =>
  posts.some(({ mayPublish, text }) => mayPublish && text === null) ? 2_000 : 15_000;
