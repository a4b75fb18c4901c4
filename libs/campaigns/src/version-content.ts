import { MUST_CONFIRM, MUST_CORRECT } from '#contracts';
import type { Localised } from '#content';

/** What a draft is made of; replaced as a whole by the next upload. */
export interface VersionContent {
  readonly packageHash: string;
  readonly compiledHash: string;
  readonly title: Localised;
  readonly summary: Localised;
  readonly theme: string;
  readonly locales: readonly string[];
  /** What the quality gates advise. */
  readonly warnings: readonly VersionWarning[];
}

export interface VersionWarning {
  readonly code: string;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly remedy: string;
}

/** Codes of what is said about where links lead. */
export const LINK_ADVICE = ['link-dead', 'link-unclear', 'link-not-public', 'links-unchecked'] as const;

/** What identifies a warning: its message quotes the text that it is about. */
export type WarningName = Pick<VersionWarning, 'code' | 'file' | 'message'>;

/** A warning that a person has confirmed to be right. */
export interface Confirmation extends WarningName {
  /** ISO 8601. */
  readonly at: string;
  /** The person's name. */
  readonly by: string;
}

const isSame = (a: WarningName, b: WarningName): boolean =>
  a.code === b.code && a.file === b.file && a.message === b.message;

/**
 * Confirmations that still concern a warning. One for a text that was changed
 * meanwhile does not.
 */
export const stillConfirmed = (
  confirmations: readonly Confirmation[],
  warnings: readonly VersionWarning[],
): readonly Confirmation[] => confirmations.filter((one) => warnings.some((warning) => isSame(warning, one)));

/** Warnings that are to be corrected or confirmed before a version is submitted. */
export const openWarnings = (
  warnings: readonly VersionWarning[],
  confirmations: readonly Confirmation[],
): readonly VersionWarning[] =>
  warnings.filter(
    (warning) =>
      MUST_CORRECT.includes(warning.code) ||
      (MUST_CONFIRM.includes(warning.code) && !confirmations.some((one) => isSame(one, warning))),
  );

/**
 * Confirmations with further ones.
 * Names of other warnings are left out, and those that are confirmed already.
 */
export function withConfirmed(
  confirmations: readonly Confirmation[],
  warnings: readonly VersionWarning[],
  names: readonly WarningName[],
  { at, by }: Pick<Confirmation, 'at' | 'by'>,
): readonly Confirmation[] {
  const added = openWarnings(warnings, confirmations).filter(
    (warning) => MUST_CONFIRM.includes(warning.code) && names.some((name) => isSame(name, warning)),
  );
  return [...confirmations, ...added.map(({ code, file, message }) => ({ code, file, message, at, by }))];
}
