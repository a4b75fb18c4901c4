import type { Node } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { WrittenEntry } from './entries';
import { earliestDays } from './graph';
import { useStepText } from './step-text';
import { END, type WrittenStep } from './steps';

/** Pixels between two steps. */
export const ROW = 112;
/** Size and position of a step in pixels. */
const STEP = { width: 280, height: 68, left: 96 };
/** Left of the days. Several entries of one step are below each other. */
const ENTRY = { width: 168, height: 28, left: -196, row: 32 };

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
export type EntryNode = Node<{ readonly label: string }, 'entry'>;
export type CanvasNode = StepNode | DayNode | EntryNode;

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
 * The steps as nodes of the canvas, with the entries, the day on which each can
 * start at the earliest, and the end.
 */
export function useNodes(
  steps: readonly WrittenStep[],
  entries: readonly WrittenEntry[],
  mistakes: ReadonlyMap<string, number>,
  chosen: string | null,
  held: Held | null,
): CanvasNode[] {
  const { t } = useTranslation();
  const stepText = useStepText();
  const days = earliestDays(
    steps,
    entries.map(({ start }) => start),
  );
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
  const marks = entries.flatMap((entry, at): CanvasNode[] => {
    const place = steps.findIndex(({ key }) => key === entry.start);
    const before = entries.slice(0, at).filter(({ start }) => start === entry.start).length;
    return place === -1 ? [] : [entryMark(entry.key, stepText.entry(entry), place * ROW + before * ENTRY.row)];
  });
  return [...marks, ...nodes, dayMark(END, t('steps.end'), steps.length * ROW, STEP.left + STEP.width / 2 - 36)];
}

/** The id of an entry's node: steps have the key alone. */
export const entryNode = (key: string): string => `entry ${key}`;

const entryMark = (key: string, label: string, y: number): EntryNode => ({
  id: entryNode(key),
  type: 'entry',
  position: { x: ENTRY.left, y: y + 4 },
  width: ENTRY.width,
  height: ENTRY.height,
  focusable: false,
  selectable: false,
  draggable: false,
  connectable: false,
  data: { label },
});

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
