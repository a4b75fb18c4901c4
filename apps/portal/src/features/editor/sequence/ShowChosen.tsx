import { useInternalNode, useReactFlow, useStoreApi } from '@xyflow/react';
import { useReducedMotion } from '@mantine/hooks';
import { useEffect } from 'react';

/** Around the step, in pixels. */
const MARGIN = 24;
const MOVE_MS = 200;

/** Moves the canvas just so far that the chosen step is in sight. A new step is the last one, often below the edge. */
export function ShowChosen({ chosen }: { readonly chosen: string | null }) {
  const { getInternalNode, getViewport, setViewport } = useReactFlow();
  const store = useStoreApi();
  const isStill = useReducedMotion();
  // A new node has its size a moment later.
  const isMeasured = useInternalNode(chosen ?? '')?.measured.height !== undefined;
  useEffect(() => {
    const node = chosen === null || !isMeasured ? undefined : getInternalNode(chosen);
    if (node === undefined) return;
    const { width, height } = store.getState();
    const { x, y, zoom } = getViewport();
    const { positionAbsolute: at } = node.internals;
    const right = shift(at.x * zoom + x, (node.measured.width ?? 0) * zoom, width);
    const down = shift(at.y * zoom + y, (node.measured.height ?? 0) * zoom, height);
    if (right === 0 && down === 0) return;
    void setViewport({ x: x + right, y: y + down, zoom }, { duration: isStill ? 0 : MOVE_MS });
  }, [chosen, isMeasured, getInternalNode, getViewport, setViewport, store, isStill]);
  return null;
}

/** By how much what begins at `from` and is `length` long must move to lie in a window. */
function shift(from: number, length: number, window: number): number {
  if (window === 0) return 0;
  if (from < MARGIN) return MARGIN - from;
  return Math.min(0, window - MARGIN - from - length);
}
