/** What a vendor wants done with a message of which no evidence tells whether it went out. */
export interface UnknownPolicy {
  /** `close`: never twice. `repeat-absent`: again if the relay's log, whole for that time, does not have it. `repeat`: rather twice than not at all. */
  readonly onUnknown: 'close' | 'repeat-absent' | 'repeat';
  /** So long evidence is waited for before a message is repeated; 1 to 168. */
  readonly repeatAfterHours: number;
}

export const NEVER_TWICE: UnknownPolicy = { onUnknown: 'close', repeatAfterHours: 24 };

/** Tries after which a message that becomes unknown again and again is repeated no more: it may have arrived that often. */
const MOST_TRIES = 3;
/** Tries after which not even a message that never arrived is repeated: it may be what its relay dies of. */
const MOST_VAIN_TRIES = 10;
const HOUR_MS = 3_600_000;

/** Whether a message is sent once more of which the relay's log, whole for that time, has nothing. @param attempt how many tries there were. */
export const repeatsAbsent = ({ onUnknown }: UnknownPolicy, attempt: number): boolean =>
  onUnknown === 'repeat-absent' && attempt < MOST_VAIN_TRIES;

/**
 * What is done now with a message that is unknown, where no evidence comes.
 * @param reason why it is unknown: what was in a restored backup has as a rule gone out. @param attempt how many tries there were. @param forMs how long it has been unknown. @param closeAfterMs after which it is closed.
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
