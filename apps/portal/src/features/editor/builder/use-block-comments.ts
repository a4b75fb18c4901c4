import { useMemo } from 'react';
import type { CampaignVersionDetail, ReviewComment } from '#contracts';
import { anchored } from './comment-anchor';
import type { Builder } from './use-builder';

/** A comment on a block of the shown e-mail or page. */
export interface BlockComment {
  readonly comment: ReviewComment;
  /** Number of the block; null: it was deleted. */
  readonly number: number | null;
}

/** Comments on blocks of the shown e-mail or page, open ones first. */
export function useBlockComments(version: CampaignVersionDetail, builder: Builder): readonly BlockComment[] {
  const { comments } = version;
  const {
    source,
    blocks,
    email: { kind, key },
  } = builder;
  return useMemo(() => {
    const found = comments.flatMap((comment): BlockComment[] => {
      const { about, block } = comment;
      if (block === null || about?.kind !== kind || about.key !== key) return [];
      const element = anchored(source, blocks, block);
      return [{ comment, number: element === null ? null : blocks.indexOf(element) }];
    });
    const isOpen = ({ comment }: BlockComment): boolean => comment.resolvedAt === null;
    return [...found.filter(isOpen), ...found.filter((one) => !isOpen(one))];
  }, [comments, source, blocks, kind, key]);
}

/** How many open comments a block has. */
export const openOn = (comments: readonly BlockComment[], number: number): number =>
  comments.filter((one) => one.number === number && one.comment.resolvedAt === null).length;
