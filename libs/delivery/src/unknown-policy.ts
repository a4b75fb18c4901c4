import { HOUR_MS } from '#kernel';

/** A vendor's policy for unknown messages without evidence. */
export interface UnknownPolicy {
  /**
   * `close`: never send again. `repeat-absent`: send again if a complete log of
   * the relay does not contain it. `repeat`: send again after a time.
   */
  readonly onUnknown: 'close' | 'repeat-absent' | 'repeat';
  /** Hours to wait for evidence before `repeat`; 1 to 168. */
  readonly repeatAfterHours: number;
}

export const NEVER_TWICE: UnknownPolicy = { onUnknown: 'close', repeatAfterHours: 24 };

/**
 * After this many attempts it is not repeated: it may have arrived each time.
 */
const MOST_TRIES = 3;
/**
 * After this many attempts even a message that never arrived is not repeated:
 * it may be what makes the relay crash.
 */
const MOST_VAIN_TRIES = 10;

/**
 * Whether a message that a complete log does not contain is sent again.
 * @param attempt number of attempts so far.
 */
export const repeatsAbsent = ({ onUnknown }: UnknownPolicy, attempt: number): boolean =>
  onUnknown === 'repeat-absent' && attempt < MOST_VAIN_TRIES;

/**
 * What happens now to an unknown message without evidence.
 * @param reason messages of a restored backup were probably sent, and are not
 *   repeated.
 * @param attempt number of attempts so far.
 * @param forMs how long it has been unknown.
 * @param closeAfterMs when it is closed.
 * @returns null: wait longer.
 */
export function actionOnUnknown(
  { onUnknown, repeatAfterHours }: UnknownPolicy,
  { reason, attempt, forMs }: { readonly reason: string; readonly attempt: number; readonly forMs: number },
  closeAfterMs: number,
): 'redrive' | 'close' | null {
  const mayRepeat = onUnknown === 'repeat' && reason !== 'restored';
  if (mayRepeat && attempt < MOST_TRIES && forMs >= repeatAfterHours * HOUR_MS) return 'redrive';
  return forMs >= closeAfterMs ? 'close' : null;
}
