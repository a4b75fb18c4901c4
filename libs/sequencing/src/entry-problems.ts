import { entriesOf } from './entry.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { type Edge, stepOf } from './sequence-graph.js';
import type { SequenceProblem } from './sequence-problem.js';
import { END, type Entry, type EntryTrigger } from './step.js';

/** Entries that nobody can tell apart, that start nowhere, or that run into each other. */
export function entryProblems(sequence: SequenceDefinition, edges: readonly Edge[]): SequenceProblem[] {
  const { entries } = sequence;
  if (entries === undefined) return [];
  return [
    ...entries.flatMap((entry, at) => startProblem(sequence, entry, at)),
    ...entries.flatMap((entry, at) => sameTrigger(entries, entry, at)),
    ...runsOn(sequence, edges),
  ];
}

function startProblem(sequence: SequenceDefinition, { key, start }: Entry, at: number): SequenceProblem[] {
  if (stepOf(sequence, start) !== undefined) return [];
  return [
    {
      code: 'step-unknown',
      severity: 'error',
      path: ['entries', at, 'start'],
      message: `The entry "${key}" starts at "${start}": there is no such step.`,
      remedy: 'Name a step of the sequence.',
      unknown: start,
    },
  ];
}

/** Two rules with one trigger would write to one person twice. */
function sameTrigger(entries: readonly Entry[], { key, when }: Entry, at: number): SequenceProblem[] {
  const before = entries.slice(0, at).find((other) => identity(other.when) === identity(when));
  if (before === undefined) return [];
  return [
    {
      code: 'entry-twice',
      severity: 'error',
      path: ['entries', at],
      message: `The entries "${before.key}" and "${key}" begin with the same thing: a person would enter by both.`,
      remedy: 'Remove one of them, or let them differ.',
    },
  ];
}

const identity = (when: EntryTrigger): string => JSON.stringify(Object.entries(when).sort());

/**
 * A short sequence whose last step has no "next" goes on with the step below
 * it in the file, which may be the start of another.
 */
function runsOn(sequence: SequenceDefinition, edges: readonly Edge[]): SequenceProblem[] {
  const starts = new Map(entriesOf(sequence).map(({ key, start }) => [start, key]));
  // The path of an edge that is not written ends at its step.
  const silent = edges.filter(({ to, path }) => to !== END && path.length === 2 && starts.has(to));
  return silent.map(({ from, to, path }) => ({
    code: 'step-runs-on',
    severity: 'warning',
    path,
    message: `After "${from}" comes "${to}", where the entry "${starts.get(to) ?? ''}" starts.`,
    remedy: `If it should end here, write next: ${END}. If it should go on, write next: ${to}.`,
  }));
}
