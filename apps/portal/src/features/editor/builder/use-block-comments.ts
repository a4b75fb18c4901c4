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
    template: { kind, key },
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

/** How many open comments each block has; blocks without any are left out. */
export function openByBlock(comments: readonly BlockComment[]): ReadonlyMap<number, number> {
  const open = new Map<number, number>();
  for (const { comment, number } of comments)
    if (number !== null && comment.resolvedAt === null) open.set(number, (open.get(number) ?? 0) + 1);
  return open;
}
