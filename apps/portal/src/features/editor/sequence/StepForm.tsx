import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGateText } from '../../../shared/gate-text';
import type { Problem } from '../../../shared/gates';
import type { Choices } from './choices';
import { useNamedOptions } from './sequence-names';
import { useStepOptions, useStepText } from './step-text';
import { ActionRules } from './ActionRules';
import { END, hasBranches, isAction, type StepChange, branchesOf, type WrittenStep } from './steps';
import { BlurTextInput } from '../BlurTextInput';
import { WaitFields } from './WaitFields';
import { BranchFields } from './BranchFields';

interface StepFormProps {
  readonly steps: readonly WrittenStep[];
  readonly at: number;
  readonly choices: Choices;
  readonly problems: readonly Problem[];
  /** A published version has a step of this key. */
  readonly isPublished: boolean;
  readonly onChange: (change: StepChange) => void;
  /** Buttons for the e-mail or post of the step. */
  readonly content: ReactNode;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** Edits every property of one step. */
export function StepForm(props: StepFormProps) {
  const { steps, at, choices, problems, isPublished, content, onChange, onMove, onRemove } = props;
  const { t } = useTranslation();
  const stepText = useStepText();
  const gateText = useGateText();
  const step = steps[at];
  if (step === undefined) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('steps.form')}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('steps.label', { number: at + 1, title: stepText.step(step) })}
        </Title>
        {problems.map((problem, number) => (
          <Alert key={number} color={problem.severity === 'error' ? 'red' : 'yellow'} p="sm">
            <Text size="sm">{gateText(problem)}</Text>
          </Alert>
        ))}
        <BlurTextInput
          label={t('steps.field.key')}
          value={step.key}
          fixedBecause={isPublished ? t('steps.publishedKey') : undefined}
          onWrite={(key) => onChange({ key })}
        />
        <About step={step} choices={choices} onChange={onChange} />
        {content}
        {isAction(step) && <ActionRules step={step} onChange={onChange} />}
        <Ways steps={steps} at={at} choices={choices} onChange={onChange} />
        <Onward steps={steps} at={at} onChange={onChange} />
        <StepActions
          isFirst={at === 0}
          isLast={at === steps.length - 1}
          onEarlier={() => onMove(at - 1)}
          onLater={() => onMove(at + 1)}
          onRemove={onRemove}
        />
      </Stack>
    </Paper>
  );
}

interface StepActionsProps {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onEarlier: () => void;
  readonly onLater: () => void;
  readonly onRemove: () => void;
}

/** Moves a step, or removes it unless it is the only one. */
function StepActions({ isFirst, isLast, onEarlier, onLater, onRemove }: StepActionsProps) {
  const { t } = useTranslation();
  const look = { size: 'xs', variant: 'default' } as const;
  return (
    <Group gap="xs" mt="xs">
      <Button {...look} leftSection={<IconArrowUp size={14} aria-hidden />} disabled={isFirst} onClick={onEarlier}>
        {t('steps.earlier')}
      </Button>
      <Button {...look} leftSection={<IconArrowDown size={14} aria-hidden />} disabled={isLast} onClick={onLater}>
        {t('steps.later')}
      </Button>
      <Button
        size="xs"
        variant="light"
        color="red"
        leftSection={<IconTrash size={14} aria-hidden />}
        disabled={isFirst && isLast}
        onClick={onRemove}
      >
        {t('steps.remove')}
      </Button>
    </Group>
  );
}

interface PartProps {
  readonly steps: readonly WrittenStep[];
  readonly at: number;
  readonly choices: Choices;
  readonly onChange: (change: StepChange) => void;
}

/**
 * The e-mail, post, text or webhook of an action, or the duration of a wait.
 */
function About({ step, choices, onChange }: Pick<PartProps, 'choices' | 'onChange'> & { readonly step: WrittenStep }) {
  const { t } = useTranslation();
  // A value that no longer exists stays visible, because it is the mistake.
  const withChosen = (names: readonly string[], chosen = ''): string[] => [...new Set([...names, chosen])];
  const emails = useNamedOptions('emails', withChosen(choices.emails, step.email));
  const posts = useNamedOptions('social', withChosen(choices.posts, step.post));
  const named = (field: 'email' | 'post' | 'notify', data: ComponentProps<typeof NativeSelect>['data']) => (
    <NativeSelect
      label={t(`steps.field.${field}`)}
      value={step[field] ?? ''}
      data={data}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
  switch (step.kind) {
    case 'email':
      return named('email', emails);
    case 'post':
      return named('post', posts);
    case 'notify':
      return named('notify', withChosen(choices.texts, step.notify));
    case 'webhook':
      return (
        <BlurTextInput
          label={t('steps.field.webhook')}
          value={step.webhook ?? ''}
          onWrite={(webhook) => onChange({ webhook })}
        />
      );
    case 'wait':
      return <WaitFields label={t('steps.howLong')} wait={step.wait ?? {}} onWrite={(wait) => onChange({ wait })} />;
    default:
      return null;
  }
}

/** Conditions of an until or a branch, in order of evaluation. */
function Ways({ steps, at, choices, onChange }: PartProps) {
  const { t } = useTranslation();
  const targets = useTargets(steps, at);
  const step = steps[at];
  if (step === undefined || !hasBranches(step)) return null;
  const { kind } = step;
  const ways = branchesOf(step);
  return (
    <>
      {ways.map((way, number) => (
        <BranchFields
          key={number}
          label={t('steps.way', { number: number + 1 })}
          removal={t('steps.removeWay', { number: number + 1 })}
          way={way}
          choices={choices}
          targets={[{ value: '', label: t('steps.following') }, ...targets]}
          onWrite={(written) => onChange({ [kind]: ways.map((other, place) => (place === number ? written : other)) })}
          onRemove={
            ways.length === 1 ? undefined : () => onChange({ [kind]: ways.filter((_, place) => place !== number) })
          }
        />
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange({ [kind]: [...ways, { click: 'any' }] })}
      >
        {t('steps.addWay')}
      </Button>
      {kind === 'until' && (
        <WaitFields label={t('steps.atMost')} wait={step.within ?? {}} onWrite={(within) => onChange({ within })} />
      )}
    </>
  );
}

/** The step that follows without a condition. */
function Onward({ steps, at, onChange }: Omit<PartProps, 'choices'>) {
  const { t } = useTranslation();
  const step = steps[at];
  const targets = useTargets(steps, at);
  if (step === undefined) return null;
  const field = hasBranches(step) ? 'else' : 'next';
  return (
    <NativeSelect
      label={t(field === 'else' ? 'steps.otherwiseTo' : 'steps.thenTo')}
      value={step[field] ?? ''}
      data={[{ value: '', label: t('steps.following') }, ...targets]}
      onChange={({ currentTarget: { value } }) => onChange({ [field]: value === '' ? null : value })}
    />
  );
}

function useTargets(steps: readonly WrittenStep[], at: number): { value: string; label: string }[] {
  const { t } = useTranslation();
  const others = useStepOptions(steps).filter((_, number) => number !== at);
  return [...others, { value: END, label: t('steps.end') }];
}

/**
 * Initial fields of a new step.
 * Texts and webhooks get their names later.
 */
export function newStep(kind: WrittenStep['kind'], key: string, choices: Choices): Record<string, unknown> {
  const about = { email: choices.emails[0], post: choices.posts[0], notify: choices.texts[0], webhook: 'hot-prospect' };
  if (kind === 'wait') return { key, wait: { days: 3 } };
  if (kind === 'until') return { key, until: [{ click: 'any' }], within: { days: 3 } };
  if (kind === 'branch') return { key, branch: [{ field: 'industry', is: ['finance'] }] };
  if (kind === 'createLead') return { key, createLead: true };
  return { key, [kind]: about[kind] ?? '' };
}
