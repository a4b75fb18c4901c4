import type { Node } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { earliestDays } from './graph';
import { useStepText } from './step-text';
import { END, type WrittenStep } from './steps';

/** Pixels between two steps. */
export const ROW = 112;
/** Size and position of a step in pixels. */
const STEP = { width: 280, height: 68, left: 96 };

/**
 * A dragged step: its original position, and its current height on the canvas.
 */
export interface Held {
  readonly from: number;
  readonly y: number;
}

export type StepNode = Node<
  {
    readonly step: WrittenStep;
    readonly title: string;
    readonly mistakes: number;
    readonly isChosen: boolean;
  },
  'step'
>;
export type DayNode = Node<{ readonly label: string }, 'day'>;
export type CanvasNode = StepNode | DayNode;

/** Position, counted from 0, at a height of the canvas. */
export const placeAt = (y: number, count: number): number => Math.min(count - 1, Math.max(0, Math.round(y / ROW)));

/**
 * Height of a step: at its position, dragged, or shifted to make space for the
 * dragged one.
 */
function heightOf(at: number, held: Held | null, count: number): number {
  if (held === null) return at * ROW;
  if (held.from === at) return held.y;
  const to = placeAt(held.y, count);
  return (at + Number(at < held.from && at >= to) - Number(at > held.from && at <= to)) * ROW;
}

/**
 * The steps as nodes of the canvas, with the day on which each can start at the
 * earliest, and the end.
 */
export function useNodes(
  steps: readonly WrittenStep[],
  mistakes: ReadonlyMap<string, number>,
  chosen: string | null,
  held: Held | null,
): CanvasNode[] {
  const { t } = useTranslation();
  const stepText = useStepText();
  const days = earliestDays(steps);
  const nodes = steps.flatMap((step, at): CanvasNode[] => {
    const day = days.get(step.key);
    const y = at * ROW;
    const title = stepText.step(step);
    const box: StepNode = {
      id: step.key,
      type: 'step',
      position: { x: STEP.left, y: heightOf(at, held, steps.length) },
      width: STEP.width,
      height: STEP.height,
      selected: step.key === chosen,
      ariaLabel: t('steps.label', { number: at + 1, title }),
      data: { step, title, mistakes: mistakes.get(step.key) ?? 0, isChosen: step.key === chosen },
    };
    if (day === undefined || day === days.get(steps[at - 1]?.key ?? '')) return [box];
    return [dayMark(`day ${at}`, t('steps.day', { day: day + 1 }), y), box];
  });
  return [...nodes, dayMark(END, t('steps.end'), steps.length * ROW, STEP.left + STEP.width / 2 - 36)];
}

const dayMark = (id: string, label: string, y: number, x = 0): DayNode => ({
  id,
  type: 'day',
  position: { x, y: y + STEP.height / 2 - 12 },
  width: 72,
  height: 24,
  focusable: false,
  selectable: false,
  draggable: false,
  connectable: id === END,
  data: { label },
});
