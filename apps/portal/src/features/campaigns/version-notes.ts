import { type CampaignVersionDetail, MUST_CONFIRM, MUST_CORRECT } from '#contracts';
import type { Problem } from '../../shared/gates';

type Noted = Pick<CampaignVersionDetail, 'warnings' | 'confirmations'>;

/**
 * Warnings of the quality gates at upload, and later ones about links.
 * A package that fails a gate never becomes a version.
 */
export const adviceOn = ({ warnings }: Pick<Noted, 'warnings'>): Problem[] =>
  warnings.map(({ code, file, line, column, message, remedy }) => ({
    code,
    file,
    line,
    column,
    message,
    remedy,
    severity: MUST_CORRECT.includes(code) ? 'error' : 'warning',
  }));

/** Who has confirmed a problem; null: no person. */
export const confirmedBy = (
  confirmations: Noted['confirmations'],
  { code, file, message }: Pick<Problem, 'code' | 'file' | 'message'>,
): string | null =>
  confirmations.find((one) => one.code === code && one.file === file && one.message === message)?.by ?? null;

/** Notes without which a draft could be submitted. */
export const holdingBack = (version: Noted): Problem[] =>
  adviceOn(version).filter(
    (problem) =>
      MUST_CORRECT.includes(problem.code) ||
      (MUST_CONFIRM.includes(problem.code) && confirmedBy(version.confirmations, problem) === null),
  );
