import { join } from 'node:path';

/** A mistake in a source, as this machine or the API found it. */
export interface LocatedProblem {
  readonly code: string;
  readonly severity?: 'error' | 'warning' | undefined;
  readonly file?: string | undefined;
  readonly line?: number | null | undefined;
  readonly column?: number | null | undefined;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/**
 * One line each, `file:line:column: error: …`: the form that editors and
 * terminals make links of.
 */
export function problemLines(problems: readonly LocatedProblem[], root: string): string[] {
  return problems.map(({ code, severity = 'error', file, line, column, message, remedy }) => {
    const place = [file === undefined ? root : join(root, file), line, column].filter((part) => part != null).join(':');
    return `${place}: ${severity}: ${message} ${remedy ?? ''} [${code}]`;
  });
}

/** `2 errors, 1 warning` */
export function tally(problems: readonly LocatedProblem[]): string {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return `${count(problems.length - warnings, 'error')}, ${count(warnings, 'warning')}`;
}
