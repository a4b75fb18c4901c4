import { UnstyledButton } from '@mantine/core';
import type { SourceElement } from '#template-source';
import { useEffect, useRef } from 'react';
import type { BlockBox } from './block-boxes';
import { pressBlockKey } from './block-keys';
import { useBlockName } from './block-name';
import { textInPlace } from './email-copy';
import type { BlockDrag } from './use-block-drag';
import type { Builder } from './use-builder';

interface BlockButtonsProps extends Pick<BlockDrag, 'dragged' | 'handlers'> {
  readonly builder: Builder;
  readonly boxes: readonly (BlockBox | null)[];
}

const depthOf = ({ parent }: SourceElement): number => (parent === null ? 0 : 1 + depthOf(parent));

/** A button over each block of the canvas. One of them is in the tab order. */
export function BlockButtons({ builder, boxes, dragged, handlers }: BlockButtonsProps) {
  const { blocks, source, selected, email } = builder;
  const nameOf = useBlockName(email.texts, email.locale);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const hasFocus = useRef(false);
  useEffect(() => {
    // After an act, the focus stays on the block, whose button may be new.
    if (hasFocus.current && selected !== null) buttons.current.get(selected)?.focus({ preventScroll: true });
  }, [selected, boxes]);
  const entry = selected ?? 0;
  return blocks.map((block, number) => {
    const box = boxes[number];
    if (box === null || box === undefined) return null;
    return (
      <UnstyledButton
        key={number}
        ref={(button: HTMLButtonElement | null) => {
          if (button === null) buttons.current.delete(number);
          else buttons.current.set(number, button);
        }}
        className="canvas-block"
        data-selected={selected === number}
        data-dragged={dragged === number}
        aria-label={nameOf(source, block)}
        aria-pressed={selected === number}
        tabIndex={number === entry ? 0 : -1}
        style={{ ...box, zIndex: depthOf(block) }}
        onClick={() => builder.select(number)}
        onDoubleClick={() => textInPlace(source, block) !== null && builder.setWriting(number)}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={({ relatedTarget }) => {
          // A removed button loses the focus to nothing.
          hasFocus.current = relatedTarget === null;
        }}
        onKeyDown={(event) => pressBlockKey(builder, event, (next) => buttons.current.get(next)?.focus())}
        {...handlers(number)}
      />
    );
  });
}
