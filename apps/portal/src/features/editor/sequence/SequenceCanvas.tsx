import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { Badge, Box, Group, Text, useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { earliestDays, leadsOf } from './graph';
import { STEP_ICONS, useStepWords } from './step-words';
import { END, waysOf, type WrittenStep } from './steps';

/** Pixels on the canvas. */
const ROW = 112;
const STEP = { width: 280, height: 68, left: 96 };

interface SequenceCanvasProps {
  readonly steps: readonly WrittenStep[];
  readonly mistakes: ReadonlyMap<string, number>;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
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

/** The steps from above to below as in a calendar: days on the left, ways between the steps. Read and chosen here, written in the form. */
export default function SequenceCanvas({ steps, mistakes, chosen, onChoose }: SequenceCanvasProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme();
  const nodes = useNodes(steps, mistakes, chosen);
  const edges = useEdges(steps);
  return (
    <Box h={640} className="sequence-canvas">
      <ReactFlow
        aria-label={t('steps.canvas')}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
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
          // Ways are no place to stop at.
          'edge.a11yDescription.default': '',
          'controls.ariaLabel': t('steps.controls'),
          'controls.zoomIn.ariaLabel': t('steps.zoomIn'),
          'controls.zoomOut.ariaLabel': t('steps.zoomOut'),
          'controls.fitView.ariaLabel': t('steps.fit'),
        }}
        onNodesChange={(changes) => {
          const taken = changes.find((change) => change.type === 'select' && change.selected);
          if (taken?.type === 'select') onChoose(taken.id);
        }}
      >
        <Background gap={ROW / 4} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </Box>
  );
}

function useNodes(
  steps: readonly WrittenStep[],
  mistakes: ReadonlyMap<string, number>,
  chosen: string | null,
): (StepNode | DayNode)[] {
  const { t } = useTranslation();
  const words = useStepWords();
  const days = earliestDays(steps);
  const nodes = steps.flatMap((step, at): (StepNode | DayNode)[] => {
    const day = days.get(step.key);
    const y = at * ROW;
    const title = words.step(step);
    const box: StepNode = {
      id: step.key,
      type: 'step',
      position: { x: STEP.left, y },
      width: STEP.width,
      height: STEP.height,
      selected: step.key === chosen,
      ariaLabel: t('steps.label', { number: at + 1, title }),
      data: { step, title, mistakes: mistakes.get(step.key) ?? 0, isChosen: step.key === chosen },
    };
    if (day === undefined || day === days.get(steps[at - 1]?.key ?? '')) return [box];
    return [dayMark(`day-${at}`, t('steps.day', { day: day + 1 }), y), box];
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
  data: { label },
});

function useEdges(steps: readonly WrittenStep[]): Edge[] {
  const words = useStepWords();
  return useMemo(() => {
    const order = new Map(steps.map(({ key }, at) => [key, at]));
    const byKey = new Map(steps.map((step) => [step.key, step]));
    return leadsOf(steps)
      .filter(({ to }) => to === END || order.has(to))
      .map(({ from, to, way }): Edge => {
        const span = (order.get(to) ?? steps.length) - (order.get(from) ?? 0);
        const step = byKey.get(from);
        const written = way === null || step === undefined ? undefined : waysOf(step)[way];
        const isStraight = span === 1 && way === null;
        const otherwise = step?.within === undefined ? '' : words.wait(step.within);
        return {
          id: `${from} ${way ?? 'next'}`,
          source: from,
          target: to,
          type: isStraight ? 'straight' : 'smoothstep',
          sourceHandle: isStraight ? 'below' : 'right',
          targetHandle: isStraight || to === END ? 'above' : 'right-in',
          ...(to === END && !isStraight ? { targetHandle: 'right-in' } : {}),
          pathOptions: { offset: 24 + Math.abs(span) * 16 + (way ?? 0) * 10, borderRadius: 12 },
          label: written === undefined ? otherwise : words.way(written),
          labelShowBg: true,
          animated: span < 0,
          focusable: false,
          markerEnd: { type: MarkerType.ArrowClosed },
        } as Edge;
      });
  }, [steps, words]);
}

function StepBox({ data: { step, title, mistakes, isChosen } }: NodeProps<StepNode>) {
  const { t } = useTranslation();
  const rules = useStepWords()
    .rules(step)
    .map((words) => ` · ${words}`)
    .join('');
  const Sign = STEP_ICONS[step.kind];
  return (
    <Box
      className="sequence-step"
      data-kind={step.kind}
      data-chosen={isChosen || undefined}
      data-mistaken={mistakes > 0 || undefined}
    >
      <Handle id="above" type="target" position={Position.Top} isConnectable={false} />
      <Handle id="right-in" type="target" position={Position.Right} isConnectable={false} style={{ top: '35%' }} />
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
      <Handle id="below" type="source" position={Position.Bottom} isConnectable={false} />
      <Handle id="right" type="source" position={Position.Right} isConnectable={false} style={{ top: '65%' }} />
    </Box>
  );
}

function DayMark({ data: { label } }: NodeProps<DayNode>) {
  return (
    <Box w={72}>
      <Handle id="above" type="target" position={Position.Top} isConnectable={false} />
      <Handle id="right-in" type="target" position={Position.Right} isConnectable={false} />
      <Badge variant="default" tt="none" fullWidth>
        {label}
      </Badge>
    </Box>
  );
}
