import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeChange,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { Badge, Box, Group, Text, useComputedColorScheme } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { earliestDays, edgesOf } from './graph';
import { STEP_ICONS, useStepText } from './step-text';
import { END, hasBranches, branchesOf, type WrittenStep } from './steps';

/** Pixels on the canvas. */
const ROW = 112;
/**
 * Movement in pixels that starts a drag.
 * Less is an accidental move during a click.
 */
const SLIP = 8;
const STEP = { width: 280, height: 68, left: 96 };

interface SequenceCanvasProps {
  readonly steps: readonly WrittenStep[];
  readonly mistakes: ReadonlyMap<string, number>;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  /** A step was moved; both positions count from 0. */
  readonly onMove: (from: number, to: number) => void;
  /**
   * An edge was drawn to a step or to the end; arguments as in `connectStep`.
   */
  readonly onLead: (from: number, way: number | null, to: string) => void;
}

/**
 * A dragged step: its original position, and its current height on the canvas.
 */
interface Held {
  readonly from: number;
  readonly y: number;
}

type StepNode = Node<
  {
    readonly step: WrittenStep;
    readonly title: string;
    readonly mistakes: number;
    readonly isChosen: boolean;
  },
  'step'
>;
type DayNode = Node<{ readonly label: string }, 'day'>;
const NODE_TYPES = { step: StepBox, day: DayMark };

/**
 * Draws the steps from top to bottom, as in a calendar: days on the left, edges
 * between the steps. A vendor moves a step by dragging it, and draws an edge
 * from a step's handle or moves its arrow. The form edits the step's content.
 */
export default function SequenceCanvas({ steps, mistakes, chosen, onChoose, onMove, onLead }: SequenceCanvasProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme();
  const [held, setHeld] = useState<Held | null>(null);
  const isHeld = useRef(false);
  const nodes = useNodes(steps, mistakes, chosen, held);
  const edges = useEdges(steps);
  const placeOf = (key: string) => steps.findIndex((step) => step.key === key);
  const move = (from: number, to: number) => {
    if (from !== to && to >= 0 && to < steps.length) onMove(from, to);
  };
  const take = (change: NodeChange<StepNode | DayNode>): void => {
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
  return (
    <>
      <Box h={640} className="sequence-canvas">
        <ReactFlow
          aria-label={t('steps.canvas')}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          colorMode={scheme}
          edgesFocusable={false}
          isValidConnection={({ source, target }) => canLead(source, target)}
          onConnect={({ source, sourceHandle, target }) => lead(source, wayFrom(source, sourceHandle), target)}
          onConnectEnd={(event, { isValid, fromNode, fromHandle }) => {
            // The whole step is a drop target, not only its handles.
            if (isValid !== true && fromNode !== null)
              lead(fromNode.id, wayFrom(fromNode.id, fromHandle.id), nodeUnder(event));
          }}
          onReconnect={({ source, data }, { target }) => lead(source, data?.way ?? null, target)}
          onReconnectEnd={(event, { source, data }, _end, { isValid }) => {
            if (isValid !== true) lead(source, data?.way ?? null, nodeUnder(event));
          }}
          selectNodesOnDrag={false}
          nodeDragThreshold={SLIP}
          onNodeDragStop={(_event, { id, position }) => move(placeOf(id), placeAt(position.y, steps.length))}
          deleteKeyCode={null}
          fitView
          fitViewOptions={{ maxZoom: 1, minZoom: 0.7, padding: 0.08, nodes: nodes.slice(0, 8) }}
          minZoom={0.3}
          maxZoom={1.5}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={{
            'node.a11yDescription.default': t('steps.pressEnter'),
            'node.a11yDescription.keyboardDisabled': t('steps.pressEnter'),
            'node.a11yDescription.ariaLiveMessage': ({ direction }) =>
              direction === 'up' || direction === 'down' ? t(`steps.moved.${direction}`) : '',
            // Edges are no tab stops.
            'edge.a11yDescription.default': '',
            'controls.ariaLabel': t('steps.controls'),
            'controls.zoomIn.ariaLabel': t('steps.zoomIn'),
            'controls.zoomOut.ariaLabel': t('steps.zoomOut'),
            'controls.fitView.ariaLabel': t('steps.fit'),
          }}
          onNodesChange={(changes) => changes.forEach(take)}
        >
          <Background gap={ROW / 4} />
          <Controls showInteractive={false} />
        </ReactFlow>
      </Box>
      <Text size="xs" c="dimmed" mt="xs">
        {t('steps.drawHint')}
      </Text>
    </>
  );
}

/** Key of the step, or the end, under the pointer. */
function nodeUnder(event: MouseEvent | TouchEvent): string | null | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  const found = at === undefined ? null : document.elementFromPoint(at.clientX, at.clientY);
  return found?.closest('.react-flow__node')?.getAttribute('data-id');
}

/** Position, counted from 0, at a height of the canvas. */
const placeAt = (y: number, count: number): number => Math.min(count - 1, Math.max(0, Math.round(y / ROW)));

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

function useNodes(
  steps: readonly WrittenStep[],
  mistakes: ReadonlyMap<string, number>,
  chosen: string | null,
  held: Held | null,
): (StepNode | DayNode)[] {
  const { t } = useTranslation();
  const stepText = useStepText();
  const days = earliestDays(steps);
  const nodes = steps.flatMap((step, at): (StepNode | DayNode)[] => {
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

type WayEdge = Edge<{ readonly way: number | null }>;

function useEdges(steps: readonly WrittenStep[]): WayEdge[] {
  const stepText = useStepText();
  return useMemo(() => {
    const order = new Map(steps.map(({ key }, at) => [key, at]));
    const byKey = new Map(steps.map((step) => [step.key, step]));
    return edgesOf(steps)
      .filter(({ to }) => to === END || order.has(to))
      .map(({ from, to, way }) => {
        const span = (order.get(to) ?? steps.length) - (order.get(from) ?? 0);
        const step = byKey.get(from);
        const written = way === null || step === undefined ? undefined : branchesOf(step)[way];
        const isStraight = span === 1 && way === null;
        const otherwise = step?.within === undefined ? '' : stepText.wait(step.within);
        return {
          id: `${from} ${way ?? 'next'}`,
          source: from,
          target: to,
          type: isStraight ? 'straight' : 'smoothstep',
          sourceHandle: isStraight ? 'below' : 'right',
          targetHandle: isStraight || to === END ? 'above' : 'right-in',
          ...(to === END && !isStraight ? { targetHandle: 'right-in' } : {}),
          pathOptions: { offset: 24 + Math.abs(span) * 16 + (way ?? 0) * 10, borderRadius: 12 },
          label: written === undefined ? otherwise : stepText.way(written),
          labelShowBg: true,
          animated: span < 0,
          focusable: false,
          reconnectable: 'target',
          data: { way },
          markerEnd: { type: MarkerType.ArrowClosed },
        } as WayEdge;
      });
  }, [steps, stepText]);
}

function StepBox({ data: { step, title, mistakes, isChosen } }: NodeProps<StepNode>) {
  const { t } = useTranslation();
  const rules = useStepText()
    .rules(step)
    .map((stepText) => ` · ${stepText}`)
    .join('');
  const Sign = STEP_ICONS[step.kind];
  return (
    <Box
      className="sequence-step"
      data-kind={step.kind}
      data-chosen={isChosen || undefined}
      data-mistaken={mistakes > 0 || undefined}
    >
      <Handle id="above" type="target" position={Position.Top} isConnectableStart={false} />
      <Handle id="right-in" type="target" position={Position.Right} isConnectableStart={false} style={{ top: '35%' }} />
      <Group gap="sm" wrap="nowrap" h="100%" px="md">
        <Sign size={20} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
        <Box style={{ minWidth: 0, flexGrow: 1 }}>
          <Text size="sm" fw={600} truncate>
            {title}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            <Text span size="xs" ff="monospace">
              {step.key}
            </Text>
            {rules}
          </Text>
        </Box>
        {mistakes > 0 && (
          <Badge color="red" variant="light" size="sm" tt="none">
            {t('editor.mistakes', { count: mistakes })}
          </Badge>
        )}
      </Group>
      <Handle
        id="below"
        type="source"
        position={Position.Bottom}
        isConnectableEnd={false}
        title={t(hasBranches(step) ? 'steps.drawOtherwise' : 'steps.drawOn')}
      />
      <Handle
        id="right"
        type="source"
        position={Position.Right}
        isConnectableEnd={false}
        style={{ top: '65%' }}
        title={t(hasBranches(step) ? 'steps.drawWay' : 'steps.drawOn')}
      />
    </Box>
  );
}

function DayMark({ data: { label }, isConnectable }: NodeProps<DayNode>) {
  return (
    <Box w={72}>
      <Handle
        id="above"
        type="target"
        position={Position.Top}
        isConnectable={isConnectable}
        isConnectableStart={false}
      />
      <Handle
        id="right-in"
        type="target"
        position={Position.Right}
        isConnectable={isConnectable}
        isConnectableStart={false}
      />
      <Badge variant="default" tt="none" fullWidth>
        {label}
      </Badge>
    </Box>
  );
}
