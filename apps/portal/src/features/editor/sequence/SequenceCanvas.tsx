import { Background, Controls, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { Box, Text, useComputedColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnections, useStepDragging } from './canvas-gestures';
import { useEdges } from './canvas-edges';
import { ROW, useNodes } from './canvas-nodes';
import type { WrittenEntry } from './entries';
import { ShowChosen } from './ShowChosen';
import { DayMark, EntryMark, StepBox } from './StepBox';
import type { WrittenStep } from './steps';

/**
 * Movement in pixels that starts a drag.
 * Less is an accidental move during a click.
 */
const SLIP = 8;

interface SequenceCanvasProps {
  readonly steps: readonly WrittenStep[];
  readonly entries: readonly WrittenEntry[];
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

const NODE_TYPES = { step: StepBox, day: DayMark, entry: EntryMark };

/**
 * Draws the steps from top to bottom, as in a calendar: entries and days
 * on the left, edges between the steps. A vendor moves a step by dragging it, and draws an edge
 * from a step's handle or moves its arrow. The form edits the step's content.
 */
export default function SequenceCanvas({
  steps,
  entries,
  mistakes,
  chosen,
  onChoose,
  onMove,
  onLead,
}: SequenceCanvasProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme();
  const ariaLabels = useAriaLabels();
  const { held, ...dragging } = useStepDragging(steps, { onChoose, onMove });
  const connections = useConnections(steps, onLead);
  const nodes = useNodes(steps, entries, mistakes, chosen, held);
  const edges = useEdges(steps, entries);
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
          {...connections}
          {...dragging}
          selectNodesOnDrag={false}
          nodeDragThreshold={SLIP}
          deleteKeyCode={null}
          fitView
          fitViewOptions={{ maxZoom: 1, minZoom: 0.7, padding: 0.08, nodes: nodes.slice(0, 8) }}
          minZoom={0.3}
          maxZoom={1.5}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={ariaLabels}
        >
          <Background gap={ROW / 4} />
          <Controls showInteractive={false} />
          <ShowChosen chosen={chosen} />
        </ReactFlow>
      </Box>
      <Text size="xs" c="dimmed" mt="xs">
        {t('steps.drawHint')}
      </Text>
    </>
  );
}

function useAriaLabels(): NonNullable<ReactFlowProps['ariaLabelConfig']> {
  const { t } = useTranslation();
  return {
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
  };
}
