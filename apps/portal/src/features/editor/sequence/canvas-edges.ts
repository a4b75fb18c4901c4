import { type Edge, MarkerType } from '@xyflow/react';
import { useMemo } from 'react';
import { entryNode } from './canvas-nodes';
import type { WrittenEntry } from './entries';
import { edgesOf } from './graph';
import { useStepText } from './step-text';
import { END, branchesOf, type WrittenStep } from './steps';

/** `way`: index of the branch; null for the step's default way on. */
export type WayEdge = Edge<{ readonly way: number | null }>;

/** The ways between the steps as edges of the canvas. */
export function useEdges(steps: readonly WrittenStep[], entries: readonly WrittenEntry[]): WayEdge[] {
  const stepText = useStepText();
  return useMemo(() => {
    const order = new Map(steps.map(({ key }, at) => [key, at]));
    const byKey = new Map(steps.map((step) => [step.key, step]));
    const labelOf = (step: WrittenStep | undefined, way: number | null): string => {
      const branch = way === null || step === undefined ? undefined : branchesOf(step)[way];
      if (branch !== undefined) return stepText.way(branch);
      return step?.within === undefined ? '' : stepText.wait(step.within);
    };
    const ways = edgesOf(steps)
      .filter(({ to }) => to === END || order.has(to))
      .map(({ from, to, way }) => ({
        source: from,
        target: to,
        label: labelOf(byKey.get(from), way),
        ...edgeLook(from, way, (order.get(to) ?? steps.length) - (order.get(from) ?? 0)),
      }));
    return [...entries.filter(({ start }) => order.has(start)).map(entryEdge), ...ways];
  }, [steps, entries, stepText]);
}

/** From an entry to the step at which it begins. The form changes it, no gesture does. */
const entryEdge = ({ key, start }: WrittenEntry): WayEdge => ({
  id: entryNode(key),
  source: entryNode(key),
  target: start,
  type: 'smoothstep',
  sourceHandle: 'entry',
  targetHandle: 'left-in',
  focusable: false,
  reconnectable: false,
  selectable: false,
  data: { way: null },
  markerEnd: { type: MarkerType.ArrowClosed },
});

/**
 * Identity and shape of an edge.
 * @param span positions from the step to its target; negative: backwards.
 */
function edgeLook(from: string, way: number | null, span: number): Omit<WayEdge, 'source' | 'target'> {
  const isStraight = span === 1 && way === null;
  const shape = {
    type: isStraight ? 'straight' : 'smoothstep',
    sourceHandle: isStraight ? 'below' : 'right',
    targetHandle: isStraight ? 'above' : 'right-in',
    pathOptions: { offset: 24 + Math.abs(span) * 16 + (way ?? 0) * 10, borderRadius: 12 },
  };
  return {
    id: `${from} ${way ?? 'next'}`,
    ...shape,
    labelShowBg: true,
    animated: span < 0,
    focusable: false,
    reconnectable: 'target',
    data: { way },
    markerEnd: { type: MarkerType.ArrowClosed },
  };
}
