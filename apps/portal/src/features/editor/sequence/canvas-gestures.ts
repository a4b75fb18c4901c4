import type { NodeChange, ReactFlowProps } from '@xyflow/react';
import { useRef, useState } from 'react';
import type { WayEdge } from './canvas-edges';
import { type CanvasNode, type Held, placeAt, ROW } from './canvas-nodes';
import { END, hasBranches, branchesOf, type WrittenStep } from './steps';

type CanvasProps = ReactFlowProps<CanvasNode, WayEdge>;

interface Moves {
  readonly onChoose: (key: string) => void;
  /** Both positions count from 0. */
  readonly onMove: (from: number, to: number) => void;
}

interface Dragging extends Required<Pick<CanvasProps, 'onNodesChange' | 'onNodeDragStop'>> {
  /** The step that is being dragged. */
  readonly held: Held | null;
}

/** Selects steps, and moves them by dragging or with arrow keys. */
export function useStepDragging(steps: readonly WrittenStep[], { onChoose, onMove }: Moves): Dragging {
  const [held, setHeld] = useState<Held | null>(null);
  const isHeld = useRef(false);
  const placeOf = (key: string) => steps.findIndex((step) => step.key === key);
  const move = (from: number, to: number) => {
    if (from !== to && to >= 0 && to < steps.length) onMove(from, to);
  };
  const apply = (change: NodeChange<CanvasNode>): void => {
    if (change.type === 'select' && change.selected) onChoose(change.id);
    if (change.type !== 'position') return;
    const from = placeOf(change.id);
    const wasHeld = isHeld.current;
    isHeld.current = change.dragging === true;
    if (change.dragging === true) setHeld({ from, y: change.position?.y ?? from * ROW });
    else if (wasHeld) setHeld(null);
    // An arrow key moves the node by some pixels.
    // Here it means one position.
    else if (change.position !== undefined) move(from, from + Math.sign(Math.round(change.position.y - from * ROW)));
  };
  return {
    held,
    onNodesChange: (changes) => changes.forEach(apply),
    onNodeDragStop: (_event, { id, position }) => move(placeOf(id), placeAt(position.y, steps.length)),
  };
}

type Connections = Required<
  Pick<CanvasProps, 'isValidConnection' | 'onConnect' | 'onConnectEnd' | 'onReconnect' | 'onReconnectEnd'>
>;

/**
 * Draws edges and moves their arrows.
 * @param onLead called with an edge; arguments as in `connectStep`.
 */
export function useConnections(
  steps: readonly WrittenStep[],
  onLead: (from: number, way: number | null, to: string) => void,
): Connections {
  const placeOf = (key: string) => steps.findIndex((step) => step.key === key);
  const canLead = (from: string, to: string) => from !== to && (to === END || placeOf(to) !== -1);
  const lead = (from: string, way: number | null, to: string | null | undefined) => {
    if (typeof to === 'string' && canLead(from, to)) onLead(placeOf(from), way, to);
  };
  /**
   * An edge drawn from a step's handle.
   * At a step with conditions, the right handle adds a condition.
   */
  const wayFrom = (key: string, handle: string | null | undefined): number | null => {
    const step = steps[placeOf(key)];
    return step !== undefined && handle === 'right' && hasBranches(step) ? branchesOf(step).length : null;
  };
  return {
    isValidConnection: ({ source, target }) => canLead(source, target),
    onConnect: ({ source, sourceHandle, target }) => lead(source, wayFrom(source, sourceHandle), target),
    onConnectEnd: (event, { isValid, fromNode, fromHandle }) => {
      // The whole step is a drop target, not only its handles.
      if (isValid !== true && fromNode !== null)
        lead(fromNode.id, wayFrom(fromNode.id, fromHandle.id), nodeUnder(event));
    },
    onReconnect: ({ source, data }, { target }) => lead(source, data?.way ?? null, target),
    onReconnectEnd: (event, { source, data }, _end, { isValid }) => {
      if (isValid !== true) lead(source, data?.way ?? null, nodeUnder(event));
    },
  };
}

/** Key of the step, or the end, under the pointer. */
function nodeUnder(event: MouseEvent | TouchEvent): string | null | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  const found = at === undefined ? null : document.elementFromPoint(at.clientX, at.clientY);
  return found?.closest('.react-flow__node')?.getAttribute('data-id');
}
