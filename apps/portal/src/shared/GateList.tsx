import { Group, Loader, Paper, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useGateText } from './gate-text';
import { groupByGate, type Gate, type Problem } from './gates';

interface GateListProps {
  /** Undefined until the first check. */
  readonly problems: readonly Problem[] | undefined;
  readonly onJump: (problem: Problem) => void;
  /** Text of gates without a result, in place of "passed". */
  readonly open?: Partial<Record<Gate, string>>;
}

const SIGNS = {
  passed: { Sign: IconCheck, colour: 'teal' },
  warning: { Sign: IconAlertTriangle, colour: 'yellow' },
  error: { Sign: IconX, colour: 'red' },
  open: { Sign: IconMinus, colour: 'gray' },
} as const;

/**
 * Quality gates as a checklist.
 * Each entry links to its place.
 */
export function GateList({ problems, onJump, open = {} }: GateListProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {groupByGate(problems ?? []).map(({ gate, problems: found }, at) => {
        const state = found.some(({ severity }) => severity === 'error')
          ? 'error'
          : found.length > 0
            ? 'warning'
            : open[gate] === undefined
              ? 'passed'
              : 'open';
        const { Sign, colour } = SIGNS[state];
        return (
          <Group
            key={gate}
            component="li"
            align="flex-start"
            wrap="nowrap"
            px="md"
            py="sm"
            {...(at === 0 ? {} : { style: { borderTop: '1px solid var(--mantine-color-default-border)' } })}
          >
            {problems === undefined ? (
              <Loader size={22} color="gray" aria-hidden />
            ) : (
              <ThemeIcon size={22} radius="xl" variant="light" color={colour} aria-hidden>
                <Sign size={14} stroke={2.2} />
              </ThemeIcon>
            )}
            <Stack gap={4} style={{ flexGrow: 1, minWidth: 0 }}>
              <Group gap="xs">
                <Text size="sm" fw={600}>
                  {t(`gates.${gate}`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {problems === undefined
                    ? t('editor.checking')
                    : found.length === 0
                      ? (open[gate] ?? t('gates.passed'))
                      : t('gates.found', { count: found.length })}
                </Text>
              </Group>
              {found.map((problem, number) => (
                <ProblemEntry key={number} problem={problem} onJump={onJump} />
              ))}
            </Stack>
          </Group>
        );
      })}
    </Paper>
  );
}

function ProblemEntry({ problem, onJump }: { readonly problem: Problem } & Pick<GateListProps, 'onJump'>) {
  const { t } = useTranslation();
  const gateText = useGateText();
  const { severity, file, line, column } = problem;
  return (
    <UnstyledButton onClick={() => onJump(problem)} w="100%">
      <Text size="sm">
        <Text span fw={600} size="sm" c={severity === 'error' ? 'var(--mantine-color-error)' : 'dimmed'}>
          {t(`editor.${severity}`)}
        </Text>{' '}
        <Text span ff="monospace" size="xs" td="underline">
          {[file, line, column].filter((part) => part !== null).join(':')}
        </Text>{' '}
        {gateText(problem)}
      </Text>
    </UnstyledButton>
  );
}
