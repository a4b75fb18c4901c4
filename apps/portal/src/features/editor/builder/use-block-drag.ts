import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Place } from '#template-source';
import { moved } from './acts';
import type { BlockBox } from './block-boxes';
import { type Drop, dropAt } from './drop-places';
import { type PaletteName, tagOfPalette } from './palette-blocks';
import type { Builder } from './use-builder';
import { useLatest } from './use-latest';

/** A press becomes a drag after so many CSS pixels of the screen. */
const THRESHOLD = 8;
/** A finger that moves earlier scrolls. */
const HOLD_MS = 250;

/** Number of a block, or a new block of the palette. */
export type Dragged = number | PaletteName;

interface Drag {
  readonly what: Dragged;
  readonly x: number;
  readonly y: number;
  readonly isMoving: boolean;
}

export type BlockDrag = ReturnType<typeof useBlockDrag>;

/**
 * Moves blocks, and those of the palette into the canvas, with a mouse, a pen or
 * a finger. Not with HTML drag and drop, which does nothing on touch screens and
 * ends at the border of a frame.
 * @param insert puts a block of the palette at a place.
 */
export function useBlockDrag(builder: Builder, insert: (name: PaletteName, at: Place) => void) {
  const layer = useRef<HTMLDivElement>(null);
  const [boxes, setBoxes] = useState<readonly (BlockBox | null)[]>([]);
  const hold = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [drag, show] = useState<Drag | null>(null);
  // A fast pointer is released before its last step is rendered.
  const now = useRef<Drag | null>(null);
  const setDrag = (next: Drag | null): void => {
    now.current = next;
    show(next);
  };
  const [drop, setDrop] = useState<Drop | null>(null);
  const hasMoved = useRef(false);
  useScrollStop(drag?.isMoving === true);
  const end = (): void => {
    clearTimeout(hold.current);
    setDrag(null);
    setDrop(null);
  };
  const dropFor = ({ clientX, clientY }: PointerEvent, what: Dragged): Drop | null => {
    const frame = layer.current?.getBoundingClientRect();
    const room = layer.current?.closest('.preview-room')?.getBoundingClientRect();
    const block = typeof what === 'number' ? builder.blocks[what] : null;
    if (block === undefined || frame === undefined || room === undefined || layer.current === null) return null;
    if (!isIn(frame, clientX, clientY) || !isIn(room, clientX, clientY)) return null;
    const scale = frame.width / layer.current.offsetWidth;
    const point = { x: (clientX - frame.left) / scale, y: (clientY - frame.top) / scale };
    const tag = typeof what === 'number' ? (block?.name ?? '') : tagOfPalette(builder.template.kind, what);
    return dropAt(point, tag, block, builder.blocks, boxes);
  };
  const act = (what: Dragged, { place }: Drop): void => {
    const { template, blocks, perform } = builder;
    const block = typeof what === 'number' ? blocks[what] : undefined;
    if (typeof what !== 'number') insert(what, place);
    else if (block !== undefined) perform(moved(template, block, place));
  };
  return {
    layer,
    /** Receives the places of the blocks on the canvas. */
    setBoxes,
    drop,
    /** The block that moves; null: none. */
    dragged: drag?.isMoving === true ? drag.what : null,
    /** Whether a click only ends a drag. */
    isEndOfDrag: ({ detail }: MouseEvent): boolean => detail !== 0 && hasMoved.current,
    handlers: (what: Dragged) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        hasMoved.current = false;
        const start = { what, x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ ...start, isMoving: false });
        if (event.pointerType !== 'touch') return;
        hold.current = setTimeout(() => {
          hasMoved.current = true;
          setDrag({ ...start, isMoving: true });
        }, HOLD_MS);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const { current } = now;
        if (current === null) return;
        const isFar = Math.hypot(event.clientX - current.x, event.clientY - current.y) > THRESHOLD;
        if (!current.isMoving && !isFar) return;
        if (!current.isMoving && event.pointerType === 'touch') {
          end();
          return;
        }
        hasMoved.current = true;
        setDrag({ ...current, isMoving: true });
        setDrop(dropFor(event, current.what));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const { current } = now;
        const target = current?.isMoving === true ? dropFor(event, current.what) : null;
        end();
        if (current !== null && target !== null) act(current.what, target);
      },
      onPointerCancel: end,
      // A long press of a finger would open a menu.
      onContextMenu: (event: MouseEvent) => {
        if (hasMoved.current) event.preventDefault();
      },
    }),
  };
}

/** Handlers that stay the same while a block moves, for panes that do not show it. */
export function useStableHandlers(drag: BlockDrag): Pick<BlockDrag, 'isEndOfDrag' | 'handlers'> {
  const latest = useLatest(drag);
  return useMemo(
    () => ({
      isEndOfDrag: (event) => latest.current.isEndOfDrag(event),
      handlers: (what) => ({
        onPointerDown: (event) => latest.current.handlers(what).onPointerDown(event),
        onPointerMove: (event) => latest.current.handlers(what).onPointerMove(event),
        onPointerUp: (event) => latest.current.handlers(what).onPointerUp(event),
        onPointerCancel: () => latest.current.handlers(what).onPointerCancel(),
        onContextMenu: (event) => latest.current.handlers(what).onContextMenu(event),
      }),
    }),
    [latest],
  );
}

const isIn = ({ left, top, right, bottom }: DOMRect, x: number, y: number): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

/** A finger that drags does not scroll. Browsers ask only listeners that are there before the touch. */
function useScrollStop(isDragging: boolean): void {
  const stops = useRef(false);
  useEffect(() => {
    stops.current = isDragging;
  }, [isDragging]);
  useEffect(() => {
    const stop = (event: TouchEvent): void => {
      if (stops.current && event.cancelable) event.preventDefault();
    };
    document.addEventListener('touchmove', stop, { passive: false });
    return () => document.removeEventListener('touchmove', stop);
  }, []);
}
