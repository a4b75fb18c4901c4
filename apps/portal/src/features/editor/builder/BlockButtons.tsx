import { UnstyledButton } from '@mantine/core';
import type { SourceElement } from '#template-source';
import { memo, useEffect, useMemo, useRef } from 'react';
import type { BlockBox } from './block-boxes';
import { pressBlockKey } from './block-keys';
import { useBlockName } from './block-name';
import { textInPlace } from './email-copy';
import { type BlockDrag, useStableHandlers } from './use-block-drag';
import type { Builder } from './use-builder';
import { scrollWithin } from './scroll-within';
import { useLatest } from './use-latest';

interface BlockButtonsProps {
  readonly builder: Builder;
  readonly boxes: readonly (BlockBox | null)[];
  readonly drag: BlockDrag;
}

const depthOf = ({ parent }: SourceElement): number => (parent === null ? 0 : 1 + depthOf(parent));

/** A button over each block of the canvas. One of them is in the tab order. */
export function BlockButtons({ builder, boxes, drag }: BlockButtonsProps) {
  const { blocks, source, selected, template } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const hasFocus = useRef(false);
  useEffect(() => {
    // After an act, the focus stays on the block, whose button may be new.
    if (hasFocus.current && selected !== null) buttons.current.get(selected)?.focus({ preventScroll: true });
  }, [selected, boxes]);
  const scrolledTo = useRef<number | null>(null);
  useEffect(() => {
    // Once for each selection, as soon as the block has a place: a new block gets it with the next rendering.
    const button = selected === null ? undefined : buttons.current.get(selected);
    if (button === undefined || scrolledTo.current === selected) return;
    scrolledTo.current = selected;
    scrollWithin(button.closest('.preview-room'), button);
  }, [selected, boxes]);
  const latest = useLatest(builder);
  const on = useMemo(
    (): ButtonActs => ({
      keep: (number, button) => {
        if (button === null) buttons.current.delete(number);
        else buttons.current.set(number, button);
      },
      select: (number) => latest.current.select(number),
      write: (number) => {
        const { blocks: now, source: text, setWriting } = latest.current;
        const block = now[number];
        if (block !== undefined && textInPlace(text, block) !== null) setWriting(number);
      },
      focus: (isIn) => {
        hasFocus.current = isIn;
      },
      key: (event) => pressBlockKey(latest.current, event, (next) => buttons.current.get(next)?.focus()),
    }),
    [latest],
  );
  const { handlers } = useStableHandlers(drag);
  const entry = selected ?? 0;
  return blocks.map((block, number) => {
    const box = boxes[number];
    if (box === null || box === undefined) return null;
    return (
      <BlockButton
        key={number}
        number={number}
        name={nameOf(source, block)}
        {...box}
        depth={depthOf(block)}
        isSelected={selected === number}
        isDragged={drag.dragged === number}
        isEntry={number === entry}
        on={on}
        handlers={handlers}
      />
    );
  });
}

interface ButtonActs {
  readonly keep: (number: number, button: HTMLButtonElement | null) => void;
  readonly select: (number: number) => void;
  /** Edits its text in its place. */
  readonly write: (number: number) => void;
  readonly focus: (isIn: boolean) => void;
  readonly key: (event: React.KeyboardEvent) => void;
}

interface BlockButtonProps extends BlockBox, Pick<BlockDrag, 'handlers'> {
  readonly number: number;
  readonly name: string;
  readonly depth: number;
  readonly isSelected: boolean;
  readonly isDragged: boolean;
  readonly isEntry: boolean;
  readonly on: ButtonActs;
}

/** Rendered again only if its block changes or moves. */
const BlockButton = memo(function BlockButton(props: BlockButtonProps) {
  const { number, name, depth, isSelected, isDragged, isEntry, on, handlers, ...box } = props;
  return (
    <UnstyledButton
      ref={(button: HTMLButtonElement | null) => on.keep(number, button)}
      className="canvas-block"
      data-selected={isSelected}
      data-dragged={isDragged}
      aria-label={name}
      aria-pressed={isSelected}
      tabIndex={isEntry ? 0 : -1}
      style={{ ...box, zIndex: depth }}
      onClick={() => on.select(number)}
      onDoubleClick={() => on.write(number)}
      onFocus={() => on.focus(true)}
      // A removed button loses the focus to nothing.
      onBlur={({ relatedTarget }) => on.focus(relatedTarget === null)}
      onKeyDown={on.key}
      {...handlers(number)}
    />
  );
});
