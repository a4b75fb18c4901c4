import { Button, Grid, Group, Menu, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CampaignVersionDetail,
  type PackageFiles,
  STEP_TYPE_NAMES,
  type StepType,
  type TemplateType,
} from '#contracts';
import { BrokenFile } from '../BrokenFile';
import { catalogueOf } from '../copy-table';
import { type EditSession, pathsOf } from '../edit-session';
import type { Problem } from '../../../shared/gates';
import { type Tactics, useTacticName } from '../../../shared/tactic-names';
import { picturesOf } from '../package-pictures';
import { UndoButton } from '../UndoButton';
import { usePublishedIds } from '../published-ids';
import { useUpload } from '../use-upload';
import { readYaml } from '../yaml-file';
import { choicesOf } from './choices';
import { entriesOf } from './entries';
import { STEP_ICONS } from './step-text';
import { SequenceNames } from './sequence-names';
import { StepContent } from './StepContent';
import { StepForm, newStep } from './StepForm';
import { StepList } from './StepList';
import { freeKey, type WrittenStep } from './steps';
import { readLeads } from './lead-rules';
import { readRules } from './rules';
import { TestField } from './TestField';
import { TestTimesField } from './TestTimesField';
import { SequenceRules } from './SequenceRules';
import { useSequence } from './use-sequence';

const SequenceCanvas = lazy(() => import('./SequenceCanvas'));
const FILE = 'campaign.yaml';

interface SequenceTabProps {
  readonly version: Pick<CampaignVersionDetail, 'campaignId'>;
  readonly files: PackageFiles['files'];
  readonly edits: EditSession;
  readonly locale: string;
  /** Of the working copy, for the names of what steps send. */
  readonly tactics: Tactics;
  readonly problems: readonly Problem[];
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
  /** Opens an e-mail or page in its builder. */
  readonly onBuild: (kind: TemplateType, key: string) => void;
  /** Opens a post in its builder. */
  readonly onPost: (key: string) => void;
}

/**
 * Edits a vendor's sequence: a canvas or a list of steps, and a form for the
 * selected one.
 */
export default function SequenceTab(props: SequenceTabProps) {
  const { version, files, edits, locale, tactics, problems, onJump, onBuild, onPost } = props;
  const upload = useUpload(version.campaignId);
  const published = usePublishedIds(version.campaignId);
  const nameOf = useTacticName(tactics);
  const text = edits.textOf(FILE);
  const sequence = useSequence(edits);
  const { steps, at } = sequence;
  const form = useRef<HTMLDivElement>(null);
  const { isNarrow, view, setView } = useView();
  if (steps === null) return <BrokenSequence text={text} onJump={onJump} />;
  const choices = choicesOf(text, edits.textOf(catalogueOf(locale)));
  const rules = readRules(text);
  const shown = {
    steps,
    entries: entriesOf(rules.entries, steps),
    mistakes: new Map(steps.map((step) => [step.key, problemsOf(problems, step).length])),
    chosen: steps[at]?.key ?? null,
    onChoose: (key: string) => {
      sequence.choose(key);
      // On a phone the form is below the list.
      if (isNarrow) requestAnimationFrame(() => form.current?.scrollIntoView({ block: 'center' }));
    },
  };
  const chosen = steps[at];
  return (
    <SequenceNames value={nameOf}>
      <Stack>
        <SequenceRules
          rules={rules}
          leads={readLeads(text)}
          choices={choices}
          problems={problems.filter((problem) => isOfRules(problem, text, steps))}
          onChange={sequence.write}
        />
        <Group justify="space-between">
          <ViewChoice view={view} onView={setView} />
          <Group gap="xs">
            <UndoButton canUndo={sequence.canUndo} onUndo={sequence.undo} />
            <AddStep onAdd={(kind) => sequence.add(newStep(kind, freeKey(steps, keyFor(kind)), choices))} />
          </Group>
        </Group>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            {view === 'list' ? (
              <StepList {...shown} />
            ) : (
              <Suspense fallback={<Skeleton height={640} />}>
                <SequenceCanvas {...shown} onMove={sequence.move} onLead={sequence.lead} />
              </Suspense>
            )}
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }} ref={form}>
            {chosen === undefined ? (
              <NoStep />
            ) : (
              <StepForm
                steps={steps}
                at={at}
                choices={choices}
                problems={problemsOf(problems, chosen)}
                isPublished={published.steps.has(chosen.key)}
                content={
                  <>
                    <StepContent
                      step={chosen}
                      texts={edits.texts}
                      paths={pathsOf(files, edits)}
                      pictures={picturesOf(files, edits)}
                      upload={upload}
                      onMake={sequence.sendNew}
                      onOpen={(kind, key) => (kind === 'email' ? onBuild(kind, key) : onPost(key))}
                    />
                    {chosen.kind === 'email' && chosen.test === undefined && (
                      <TestTimesField
                        step={chosen}
                        window={rules.window}
                        locales={choices.locales.length}
                        onChange={sequence.change}
                      />
                    )}
                    <TestField
                      {...{ steps, at }}
                      emails={choices.emails}
                      locales={choices.locales.length}
                      texts={edits.texts}
                      onChange={sequence.change}
                      onMake={(made, key) => {
                        sequence.writeFiles(made);
                        onBuild('email', key);
                      }}
                    />
                  </>
                }
                onChange={sequence.change}
                onMove={(to) => sequence.move(at, to)}
                onRemove={sequence.remove}
              />
            )}
          </Grid.Col>
        </Grid>
      </Stack>
    </SequenceNames>
  );
}

/** The chosen view; without a choice, the one that fits the screen. */
function useView() {
  const isNarrow = useMediaQuery('(max-width: 62em)', window.innerWidth < 992);
  const [wanted, setView] = useState<View | null>(null);
  return { isNarrow, view: wanted ?? (isNarrow ? 'list' : 'canvas'), setView } as const;
}

/** Problems at the lines of a step. */
const problemsOf = (problems: readonly Problem[], { lines: [from, to] }: WrittenStep): Problem[] =>
  problems.filter(({ file, line }) => file === FILE && line !== null && line >= from && line <= to);

type View = 'canvas' | 'list';

/** Switches between the canvas and the list of steps. */
function ViewChoice({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('steps.view')}
      value={view}
      onChange={onView}
      data={[
        { value: 'canvas', label: t('steps.asCanvas') },
        { value: 'list', label: t('steps.asList') },
      ]}
    />
  );
}

/** Leads to the line of the file that cannot be read. */
function BrokenSequence({ text, onJump }: { readonly text: string } & Pick<SequenceTabProps, 'onJump'>) {
  const file = readYaml(text);
  return <BrokenFile file={FILE} line={file.ok ? lineOf(text, 'sequence') || 1 : file.line} onJump={onJump} />;
}

function NoStep() {
  const { t } = useTranslation();
  return (
    <Text c="dimmed" size="sm" py="xl" ta="center">
      {t('steps.choose')}
    </Text>
  );
}

function AddStep({ onAdd }: { readonly onAdd: (kind: StepType) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} aria-hidden />}>{t('steps.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {STEP_TYPE_NAMES.map((kind) => {
          const Sign = STEP_ICONS[kind];
          return (
            <Menu.Item key={kind} leftSection={<Sign size={16} stroke={1.6} aria-hidden />} onClick={() => onAdd(kind)}>
              {t(`steps.kind.${kind}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A type's name as the key of a step: `create-lead`. */
const keyFor = (type: StepType): string => type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** First line of a field of `campaign.yaml`; 0 if there is none. */
const lineOf = (text: string, field: 'sequence' | 'leads'): number =>
  text.split('\n').findIndex((line) => line.startsWith(`${field}:`)) + 1;

/**
 * Whether a problem belongs to the sequence or the lead rules, but to no step.
 */
function isOfRules({ file, line }: Problem, text: string, steps: readonly WrittenStep[]): boolean {
  if (file !== FILE || line === null || steps.some(({ lines: [from, to] }) => line >= from && line <= to)) return false;
  return (['sequence', 'leads'] as const).some((field) => {
    const first = lineOf(text, field);
    if (first === 0) return false;
    const after = text.split('\n').findIndex((written, at) => at >= first && /^[a-z]/i.test(written)) + 1;
    return line >= first && (after === 0 || line < after);
  });
}
