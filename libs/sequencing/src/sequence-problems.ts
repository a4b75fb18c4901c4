import { DAY_MS } from '#kernel';
import { startsOf } from './entry.js';
import { entryProblems } from './entry-problems.js';
import { leavesNothingOf } from './open-window.js';
import type { SequenceDefinition } from './sequence-definition.js';
import type { SequenceProblem } from './sequence-problem.js';
import { type Edge, edgesOf, stepOf } from './sequence-graph.js';
import { END, isAction } from './step.js';
import { testProblems } from './test-problems.js';

/** Ways that lead nowhere, round in circles, or past a step. */
export function sequenceProblems(sequence: SequenceDefinition): SequenceProblem[] {
  const edges = edgesOf(sequence);
  const lost = edges.filter(({ to }) => to !== END && stepOf(sequence, to) === undefined);
  const twice = keysTwice(sequence);
  // If one key names two steps, the edges are ambiguous.
  if (twice.length > 0) return twice;
  return [
    ...lost.map(({ to, path }): SequenceProblem => ({
      code: 'step-unknown',
      severity: 'error',
      path,
      message: `There is no step "${to}" in this sequence.`,
      remedy: `Name a step of the sequence, or "${END}".`,
      unknown: to,
    })),
    // An unknown target makes other steps unreachable; a second message would
    // be noise.
    ...(lost.length > 0 ? [] : [...circles(sequence, edges), ...unreachable(sequence, edges)]),
    ...entryProblems(sequence, edges),
    ...pointlessWaits(sequence, edges),
    ...emailsWithoutWait(sequence, edges),
    ...datesAsGoals(sequence),
    ...longBlackouts(sequence),
    ...hoursThatNeverOpen(sequence),
    ...testProblems(sequence),
  ];
}

function keysTwice({ steps, goals = [], entries = [] }: SequenceDefinition): SequenceProblem[] {
  const twice = (kind: 'step' | 'goal' | 'entry', list: readonly { readonly key: string }[]): SequenceProblem[] =>
    list.flatMap(({ key }, at) =>
      list.findIndex((one) => one.key === key) === at
        ? []
        : [
            {
              code: kind === 'entry' ? 'entry-key-twice' : `${kind}-twice`,
              severity: 'error',
              path: [PLURAL[kind], at, 'key'],
              message: `Two ${PLURAL[kind]} have the key "${key}".`,
              remedy: `Give each ${kind} a key of its own.`,
            },
          ],
    );
  return [...twice('step', steps), ...twice('goal', goals), ...twice('entry', entries)];
}

const PLURAL = { step: 'steps', goal: 'goals', entry: 'entries' } as const;

function takesTime(sequence: SequenceDefinition, { from, by }: Edge): boolean {
  const kind = stepOf(sequence, from)?.kind;
  return kind === 'wait' || (kind === 'until' && by === 'else');
}

/** Two e-mails that go out one directly after the other. */
function emailsWithoutWait(sequence: SequenceDefinition, edges: readonly Edge[]): SequenceProblem[] {
  const swift = edges.filter((edge) => stepOf(sequence, edge.from)?.kind !== 'until' && !takesTime(sequence, edge));
  return sequence.steps.flatMap((step, at) => {
    if (step.kind !== 'email') return [];
    const before = sequence.steps.find(
      (one) => one.kind === 'email' && one.key !== step.key && reach(one.key, swift).has(step.key),
    );
    if (before === undefined) return [];
    return [
      {
        code: 'step-without-wait',
        severity: 'warning',
        path: ['steps', at],
        message: `The e-mail "${step.key}" follows the e-mail "${before.key}" without a wait.`,
        remedy: 'Put a wait of at least a day between them.',
      },
    ];
  });
}

/**
 * A cycle without waiting would never end.
 * A condition may stay true, so only waits and time-outs count.
 */
function circles(sequence: SequenceDefinition, edges: readonly Edge[]): SequenceProblem[] {
  const swift = edges.filter((edge) => !takesTime(sequence, edge));
  const order = sequence.steps.map(({ key }) => key);
  return swift
    .filter(({ from, to }) => order.indexOf(to) <= order.indexOf(from) && to !== END && reach(to, swift).has(from))
    .map(({ to, path }) => ({
      code: 'loop-without-wait',
      severity: 'error',
      path,
      message: `This leads back to "${to}" without any wait on the way: it would go round for ever.`,
      remedy: 'Put a wait into the circle, or lead on to another step.',
    }));
}

function unreachable(sequence: SequenceDefinition, edges: readonly Edge[]): SequenceProblem[] {
  const reached = new Set(startsOf(sequence).flatMap((start) => [...reach(start, edges)]));
  return sequence.steps.flatMap(({ key }, at) =>
    reached.has(key)
      ? []
      : [
          {
            code: 'step-unreachable',
            severity: 'error',
            path: ['steps', at, 'key'],
            message: `No way leads to the step "${key}".`,
            remedy: 'Lead a "next", "then" or "else" there, let an entry start there, or remove the step.',
          },
        ],
  );
}

function pointlessWaits(sequence: SequenceDefinition, edges: readonly Edge[]): SequenceProblem[] {
  const acts = (key: string): boolean =>
    [...reach(key, edges)].some((reached) => {
      const step = stepOf(sequence, reached);
      return step !== undefined && isAction(step);
    });
  return sequence.steps.flatMap((step, at) =>
    (step.kind === 'wait' || step.kind === 'until') && !acts(step.key)
      ? [
          {
            code: 'step-pointless',
            severity: 'warning',
            path: ['steps', at],
            message: `Nothing comes after the wait "${step.key}".`,
            remedy: 'Remove it.',
          },
        ]
      : [],
  );
}

/** Goals count contacts' actions; no event reports a date. */
const datesAsGoals = ({ goals = [] }: SequenceDefinition): SequenceProblem[] =>
  goals.flatMap(({ key, when }, at) =>
    when.on === 'date'
      ? [
          {
            code: 'goal-by-date',
            severity: 'warning',
            path: ['goals', at],
            message: `The goal "${key}" is a date, which no contact can reach: it is never counted. Use an event as the goal.`,
            remedy: 'Name what a person does, or let an exit end the way on that date.',
          },
        ]
      : [],
  );

/**
 * A typing error in a year would close a campaign for years without any
 * warning.
 */
const MAX_BLACKOUT_DAYS = 366;

const longBlackouts = ({ blackouts = [] }: SequenceDefinition): SequenceProblem[] =>
  blackouts.flatMap(({ from, to }, at) =>
    Date.parse(to) - Date.parse(from) >= MAX_BLACKOUT_DAYS * DAY_MS
      ? [
          {
            code: 'blackout-too-long',
            severity: 'error',
            path: ['blackouts', at],
            message: `Nothing is sent from ${from} to ${to}: that is more than a year.`,
            remedy: 'Correct the dates. To send nothing any more, end the campaign.',
          },
        ]
      : [],
  );

function hoursThatNeverOpen({ window, quietHours }: SequenceDefinition): SequenceProblem[] {
  if (quietHours === undefined) return [];
  return leavesNothingOf(quietHours, window)
    ? [
        {
          code: 'window-never-open',
          severity: 'error',
          path: ['quietHours'],
          message: `The quiet hours leave nothing of the window from ${window.from} to ${window.to}: no e-mail would ever go.`,
          remedy: 'Make the quiet hours shorter, or the window wider.',
        },
      ]
    : [];
}

/** The steps that can be come to from one, itself among them. */
function reach(from: string, edges: readonly Edge[]): Set<string> {
  const reached = new Set([from]);
  // A Set iterates over elements that are added during the iteration.
  for (const key of reached) for (const { from: start, to } of edges) if (start === key && to !== END) reached.add(to);
  return reached;
}
