import { UnstyledButton } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockBox } from './block-boxes';
import { useBlockName } from './block-name';
import { commentCorners } from './comment-marks';
import { type BlockComment, openByBlock } from './use-block-comments';
import type { Builder } from './use-builder';

interface CommentMarksProps {
  readonly builder: Builder;
  readonly boxes: readonly (BlockBox | null)[];
  readonly comments: readonly BlockComment[];
  /** CSS factor by which the canvas is made smaller. Marks keep their size: a finger must hit them. */
  readonly scale: string;
  readonly onOpen: (number: number) => void;
}

/** A mark with the number of open comments on each block that has some. It opens them. */
export function CommentMarks({ builder, boxes, comments, scale, onOpen }: CommentMarksProps) {
  const { t } = useTranslation();
  const { blocks, source, template } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  const corners = useMemo(() => commentCorners(boxes, openByBlock(comments)), [boxes, comments]);
  return corners.map(({ right, top, marks }) => (
    <div
      key={`${top} ${right}`}
      className="comment-marks"
      style={{ left: right, top, transform: `translateX(-100%) scale(calc(1 / ${scale}))` }}
    >
      {marks.map(({ number, openComments }) => {
        const block = blocks[number];
        if (block === undefined) return null;
        return (
          <UnstyledButton
            key={number}
            className="comment-mark"
            aria-label={t('builder.comments.mark', { count: openComments, block: nameOf(source, block) })}
            onClick={() => onOpen(number)}
          >
            <IconMessage size={14} aria-hidden />
            {openComments}
          </UnstyledButton>
        );
      })}
    </div>
  ));
}
