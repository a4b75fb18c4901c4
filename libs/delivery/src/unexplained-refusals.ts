import { LRUCache } from 'lru-cache';

/**
 * Answer of a group of mail servers to one message. `unexplained` is a 421, 450
 * or 451 that does not say whether it is about the message or about the sender.
 */
export interface GroupAnswer {
  readonly group: string;
  readonly kind: 'accepted' | 'slow-down' | 'unexplained';
}

interface Answer {
  readonly at: Date;
  readonly isUnexplained: boolean;
}

/**
 * A group refuses all mail if this many of its newest answers are unexplained
 * refusals.
 */
const MIN_REFUSALS = 5;
/** Number of newest answers of a group that count. */
const MAX_ANSWERS = 10;
/** Older answers do not count. */
const MAX_AGE_MS = 10 * 60_000;
/** Limits memory. A group that keeps refusing is soon in the cache again. */
const MAX_GROUPS = 10_000;

const isRecent = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < MAX_AGE_MS;

/**
 * Finds groups of mail servers that refuse all our mail without saying so: at
 * least five of the newest ten answers within ten minutes were unexplained
 * refusals. A single one is about its message (greylisting, RFC 6647, or a
 * locked mailbox). If several groups refuse and none accepts, the relay in
 * between is the cause.
 *
 * The state is per process. A group that refuses one process soon refuses the
 * others.
 */
export class UnexplainedRefusals {
  private readonly newest = new LRUCache<string, readonly Answer[]>({ max: MAX_GROUPS });
  /**
   * Groups that refused since any group last accepted mail, with the time of
   * the last refusal.
   */
  private readonly refusedSinceAcceptance = new LRUCache<string, Date>({ max: MAX_GROUPS });

  /**
   * @param answers in the order of arrival.
   * @returns the groups that refuse all mail now, and `store`, which adds these
   *   answers to the state. Call it after the transaction has committed;
   *   without it these answers do not count.
   */
  evaluate(
    answers: readonly GroupAnswer[],
    now: Date,
  ): { readonly refusing: ReadonlySet<string>; readonly store: () => void } {
    const unexplained = new Set(answers.filter(({ kind }) => kind === 'unexplained').map(({ group }) => group));
    const counted = this.answersWith(answers, unexplained, now);
    const others = [...this.refusedSinceAcceptance].filter(([, at]) => isRecent(at, now)).map(([group]) => group);
    const isAnyAccepted = answers.some(({ kind }) => kind === 'accepted');
    const isRelayToBlame = !isAnyAccepted && new Set([...others, ...unexplained]).size > 1;
    const refusing = [...unexplained].filter((group) => !isRelayToBlame && countOf(counted.get(group)) >= MIN_REFUSALS);
    const store = (): void => {
      this.store(counted, new Set(refusing));
      if (isAnyAccepted) this.refusedSinceAcceptance.clear();
      else for (const group of unexplained) this.refusedSinceAcceptance.set(group, now);
    };
    return { refusing: new Set(refusing), store };
  }

  /** The answers that count of each group with refusals, including these. */
  private answersWith(
    received: readonly GroupAnswer[],
    unexplained: ReadonlySet<string>,
    now: Date,
  ): ReadonlyMap<string, readonly Answer[]> {
    const answers = new Map<string, readonly Answer[]>();
    for (const { group, kind } of received) {
      const known = answers.get(group) ?? this.newest.get(group) ?? (unexplained.has(group) ? [] : null);
      if (known === null) continue;
      const all = [...known, { at: now, isUnexplained: kind === 'unexplained' }];
      answers.set(group, all.filter(({ at }) => isRecent(at, now)).slice(-MAX_ANSWERS));
    }
    return answers;
  }

  private store(answers: ReadonlyMap<string, readonly Answer[]>, refusing: ReadonlySet<string>): void {
    // A group that is paused now starts from zero after its pause.
    for (const [group, newest] of answers)
      if (refusing.has(group) || countOf(newest) === 0) this.newest.delete(group);
      else this.newest.set(group, newest);
  }
}

const countOf = (answers: readonly Answer[] = []): number =>
  answers.filter(({ isUnexplained }) => isUnexplained).length;
