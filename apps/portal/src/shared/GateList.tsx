import { Button, Group, Loader, Paper, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconWand, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGateText } from './gate-text';
import { usePlaceText } from './gate-place';
import { groupByGate, type Gate, type Problem } from './gates';
import type { Tactics } from './tactic-names';

interface GateListProps {
  /** Undefined until the first check. */
  readonly problems: readonly Problem[] | undefined;
  readonly onJump: (problem: Problem) => void;
  /** Text of gates without a result, in place of "passed". */
  readonly open?: Partial<Record<Gate, string>>;
  /** Confirmations of problems that may be right; absent: not possible here. */
  readonly confirmation?: GateConfirmation;
  /** Fixes of problems with one right answer; absent: not possible here. */
  readonly fixes?: GateFixes;
  /** For their names, in place of keys. */
  readonly tactics?: Tactics;
  /** Where a problem is; absent: its file and line. */
  readonly placeText?: ((problem: Problem) => string) | undefined;
}

/** What the button of a fix does. */
export type FixName =
  | 'removeText'
  | 'copyText'
  | 'oneLine'
  | 'removeLanguageText'
  | 'removeFile'
  | 'addLock'
  | 'addWait'
  | 'endHere'
  | 'removeStep'
  | 'renameLink'
  | 'addPlaceholder'
  | 'matchColours';

/** How problems are fixed. */
export interface GateFixes {
  /** Null: an author has to decide. */
  readonly nameOf: (problem: Problem) => FixName | null;
  /** A pressed fix waits for the check of the current texts. */
  readonly isWaiting: boolean;
  readonly fix: (problems: readonly Problem[]) => void;
}

/** Problems of a gate that are shown at first. */
const MOST_SHOWN = 6;

/** How problems are confirmed to be right as they are. */
export interface GateConfirmation {
  /** Whether it is to be confirmed, and is not. */
  readonly isOpen: (problem: Problem) => boolean;
  /** Who has confirmed it; null: no person. */
  readonly confirmedBy: (problem: Problem) => string | null;
  /** Undefined: this user may not confirm. */
  readonly onConfirm?: ((problems: readonly Problem[]) => void) | undefined;
  readonly isPending: boolean;
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
export function GateList({ problems, open = {}, ...rest }: GateListProps) {
  return (
    <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {groupByGate(problems ?? []).map(({ gate, problems: found }, at) => (
        <GateItem
          key={gate}
          gate={gate}
          found={found}
          isFirst={at === 0}
          isChecking={problems === undefined}
          open={open[gate]}
          {...rest}
        />
      ))}
    </Paper>
  );
}

type GateGroup = ReturnType<typeof groupByGate>[number];

type EntryOptions = Pick<GateListProps, 'onJump' | 'confirmation' | 'fixes' | 'tactics' | 'placeText'>;

interface GateItemProps extends EntryOptions {
  readonly gate: GateGroup['gate'];
  readonly found: GateGroup['problems'];
  readonly isFirst: boolean;
  readonly isChecking: boolean;
  /** Why the gate is still open; undefined if it is not. */
  readonly open: string | undefined;
}

/** A gate with its problems. */
function GateItem(props: GateItemProps) {
  const { gate, found, isFirst, isChecking, open, ...options } = props;
  const { t } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? found : found.slice(0, MOST_SHOWN);
  const passed = open ?? t('gates.passed');
  const summary = found.length === 0 ? passed : t('gates.found', { count: found.length });
  return (
    <Group
      component="li"
      align="flex-start"
      wrap="nowrap"
      px="md"
      py="sm"
      {...(isFirst ? {} : { style: { borderTop: '1px solid var(--mantine-color-default-border)' } })}
    >
      {isChecking ? (
        <Loader size={22} color="gray" aria-hidden />
      ) : (
        <GateSign found={found} isOpen={open !== undefined} />
      )}
      <Stack gap={4} style={{ flexGrow: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {t(`gates.${gate}`)}
          </Text>
          <Text size="sm" c="dimmed">
            {isChecking ? t('editor.checking') : summary}
          </Text>
        </Group>
        {shown.map((problem, number) => (
          <ProblemEntry key={number} problem={problem} {...options} />
        ))}
        {shown.length < found.length && (
          <UnstyledButton onClick={() => setShowsAll(true)} style={{ alignSelf: 'flex-start' }}>
            <Text size="sm" td="underline">
              {t('gates.showAll', { count: found.length })}
            </Text>
          </UnstyledButton>
        )}
        <Group gap="xs">
          <ConfirmAll found={found} confirmation={options.confirmation} />
          <FixAll found={found} fixes={options.fixes} />
        </Group>
      </Stack>
    </Group>
  );
}

/** The worst problem decides. */
function GateSign({ found, isOpen }: Pick<GateItemProps, 'found'> & { readonly isOpen: boolean }) {
  const withoutProblems = isOpen ? 'open' : 'passed';
  const withoutErrors = found.length > 0 ? 'warning' : withoutProblems;
  const { Sign, colour } = SIGNS[found.some(({ severity }) => severity === 'error') ? 'error' : withoutErrors];
  return (
    <ThemeIcon size={22} radius="xl" variant="light" color={colour} aria-hidden>
      <Sign size={14} stroke={2.2} />
    </ThemeIcon>
  );
}

interface ProblemEntryProps extends EntryOptions {
  readonly problem: Problem;
}

function ProblemEntry({ problem, onJump, confirmation, fixes, tactics, placeText }: ProblemEntryProps) {
  const { t } = useTranslation();
  const gateText = useGateText();
  const fileText = usePlaceText(tactics);
  const { severity } = problem;
  const confirmedBy = confirmation?.confirmedBy(problem) ?? null;
  const confirm = confirmation?.isOpen(problem) === true ? confirmation.onConfirm : undefined;
  const fix = fixes?.nameOf(problem) ?? null;
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between" align="flex-start">
      <UnstyledButton onClick={() => onJump(problem)} style={{ flexGrow: 1, minWidth: 0 }}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text span fw={600} size="sm" c={severity === 'error' ? 'var(--mantine-color-error)' : 'dimmed'}>
            {t(`editor.${severity}`)}
          </Text>{' '}
          <Text span size="sm" td="underline">
            {(placeText ?? fileText)(problem)}
          </Text>{' '}
          {gateText(problem)}
          {confirmedBy !== null && (
            <Text span size="sm" c="dimmed">
              {' '}
              {t('gates.confirmedBy', { by: confirmedBy })}
            </Text>
          )}
        </Text>
      </UnstyledButton>
      {fix !== null && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconWand size={12} aria-hidden />}
          style={{ flexShrink: 0 }}
          loading={fixes?.isWaiting ?? false}
          onClick={() => fixes?.fix([problem])}
        >
          {t(`gates.fix.${fix}`)}
        </Button>
      )}
      {confirm !== undefined && (
        <Button size="compact-xs" variant="default" onClick={() => confirm([problem])}>
          {t('gates.confirm')}
        </Button>
      )}
    </Group>
  );
}

/** Fixes all problems of a gate that can be; nothing for fewer than two. */
function FixAll({ found, fixes }: Pick<GateItemProps, 'found' | 'fixes'>) {
  const { t } = useTranslation();
  const fixable = fixes === undefined ? [] : found.filter((problem) => fixes.nameOf(problem) !== null);
  if (fixable.length < 2) return null;
  return (
    <Button
      size="xs"
      variant="light"
      leftSection={<IconWand size={14} aria-hidden />}
      loading={fixes?.isWaiting ?? false}
      onClick={() => fixes?.fix(fixable)}
    >
      {t('gates.fixAll', { count: fixable.length })}
    </Button>
  );
}

/** Confirms all open problems of a gate; nothing for fewer than two. */
function ConfirmAll({ found, confirmation }: Pick<GateItemProps, 'found' | 'confirmation'>) {
  const { t } = useTranslation();
  const open = confirmation === undefined ? [] : found.filter(confirmation.isOpen);
  const confirm = confirmation?.onConfirm;
  if (confirm === undefined || open.length < 2) return null;
  return (
    <Button
      size="xs"
      variant="light"
      loading={confirmation?.isPending ?? false}
      style={{ alignSelf: 'flex-start' }}
      onClick={() => confirm(open)}
    >
      {t('gates.confirmAll', { count: open.length })}
    </Button>
  );
}
