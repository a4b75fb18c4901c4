import { type PointerEvent, useRef, useState } from 'react';
import { moved } from './acts';
import type { BlockBox } from './block-boxes';
import { type Drop, dropAt } from './drop-places';
import type { Builder } from './use-builder';

/** A press becomes a drag after so many CSS pixels of the screen. */
const THRESHOLD = 8;

interface Drag {
  readonly number: number;
  readonly x: number;
  readonly y: number;
  readonly isMoving: boolean;
}

/**
 * Moves blocks with a pointer. Not with HTML drag and drop, which does nothing
 * on touch screens.
 * @param boxes of the blocks, in CSS pixels of the e-mail.
 */
export function useBlockDrag(builder: Builder, boxes: readonly (BlockBox | null)[]) {
  const layer = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const end = (): void => {
    setDrag(null);
    setDrop(null);
  };
  const dropFor = ({ clientX, clientY }: PointerEvent, number: number): Drop | null => {
    const block = builder.blocks[number];
    const frame = layer.current?.getBoundingClientRect();
    if (block === undefined || frame === undefined || layer.current === null) return null;
    const scale = frame.width / layer.current.offsetWidth;
    const point = { x: (clientX - frame.left) / scale, y: (clientY - frame.top) / scale };
    return dropAt(point, block.name, block, builder.blocks, boxes);
  };
  return {
    layer,
    drop,
    /** Number of the block that moves; null: none. */
    dragged: drag?.isMoving === true ? drag.number : null,
    handlers: (number: number) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        // A finger scrolls; blocks are moved by the buttons there.
        if (event.button !== 0 || event.pointerType === 'touch') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ number, x: event.clientX, y: event.clientY, isMoving: false });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (drag === null) return;
        const isMoving = drag.isMoving || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > THRESHOLD;
        if (!isMoving) return;
        setDrag({ ...drag, isMoving });
        setDrop(dropFor(event, drag.number));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const block = drag === null ? undefined : builder.blocks[drag.number];
        const target = drag?.isMoving === true ? dropFor(event, drag.number) : null;
        end();
        if (block !== undefined && target !== null) builder.perform(moved(builder.email, block, target.place));
      },
      onPointerCancel: end,
    }),
  };
}
