import { Badge, Box, Group, Text } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { DayNode, EntryNode, StepNode } from './canvas-nodes';
import { STEP_ICONS, useStepText } from './step-text';
import { hasBranches } from './steps';

/** A step on the canvas, with the handles that edges start and end at. */
export function StepBox({ data: { step, title, mistakes, isChosen } }: NodeProps<StepNode>) {
  const { t } = useTranslation();
  return (
    <Box
      className="sequence-step"
      data-kind={step.kind}
      data-step={step.key}
      data-chosen={isChosen || undefined}
      data-mistaken={mistakes > 0 || undefined}
    >
      <Handle id="above" type="target" position={Position.Top} isConnectableStart={false} />
      <Handle id="right-in" type="target" position={Position.Right} isConnectableStart={false} style={{ top: '35%' }} />
      <Handle id="left-in" type="target" position={Position.Left} isConnectable={false} />
      <StepLabel step={step} title={title} mistakes={mistakes} />
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

/** Icon, title and rules of a step, and the number of its mistakes. */
function StepLabel({ step, title, mistakes }: Pick<StepNode['data'], 'step' | 'title' | 'mistakes'>) {
  const { t } = useTranslation();
  const rules = useStepText().rules(step).join(' · ');
  const Sign = STEP_ICONS[step.kind];
  return (
    <Group gap="sm" wrap="nowrap" h="100%" px="md">
      <Sign size={20} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
      <Box style={{ minWidth: 0, flexGrow: 1 }}>
        <Text size="sm" fw={600} truncate title={title}>
          {title}
        </Text>
        {rules !== '' && (
          <Text size="xs" c="dimmed" truncate>
            {rules}
          </Text>
        )}
      </Box>
      {mistakes > 0 && (
        <Badge color="red" variant="light" size="sm" tt="none">
          {t('editor.mistakes', { count: mistakes })}
        </Badge>
      )}
    </Group>
  );
}

/** Who enters, on the canvas; an edge leads to the first step. */
export function EntryMark({ data: { label } }: NodeProps<EntryNode>) {
  return (
    <Box w={168}>
      <Badge variant="light" tt="none" fullWidth leftSection={<IconLogin2 size={14} aria-hidden />} title={label}>
        {label}
      </Badge>
      <Handle id="entry" type="source" position={Position.Right} isConnectable={false} />
    </Box>
  );
}

/** A label on the canvas: a day, or the end of the sequence. */
export function DayMark({ data: { label }, isConnectable }: NodeProps<DayNode>) {
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
