/**
 * Answer of a group of mail servers to one message. `unexplained` is a 421, 450 or 451 that does
 * not say whether it is about the message or about the sender.
 */
export interface GroupAnswer {
  readonly group: string;
  readonly kind: 'accepted' | 'slow-down' | 'unexplained';
}

interface Heard {
  readonly at: Date;
  readonly isUnexplained: boolean;
}

/** A group refuses all mail if this many … */
const REFUSED = 5;
/** … of its newest answers … */
const NEWEST = 10;
/** … that are no older than this are unexplained refusals. */
const WITHIN_MS = 10 * 60_000;
/** Limits memory. A group that keeps refusing is soon in the map again. */
const MOST_GROUPS = 10_000;

const isRecent = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < WITHIN_MS;

/**
 * Finds groups of mail servers that refuse all our mail without saying so: at least five of the
 * newest ten answers within ten minutes were unexplained refusals. A single one is about its
 * message (greylisting, RFC 6647, or a locked mailbox). If several groups refuse and none accepts,
 * the relay in between is the cause.
 *
 * The state is per process. A group that refuses one process soon refuses the others.
 */
export class UnexplainedRefusals {
  private readonly newest = new Map<string, readonly Heard[]>();
  /** Groups that refused since any group last accepted mail, with the time of the last refusal. */
  private readonly sinceTaken = new Map<string, Date>();

  /**
   * @param answers in the order of arrival.
   * @returns the groups that refuse all mail now, and `store`, which adds these answers to the
   *   state. Call it after the transaction has committed; without it these answers do not count.
   */
  evaluate(
    answers: readonly GroupAnswer[],
    now: Date,
  ): { readonly refusing: ReadonlySet<string>; readonly store: () => void } {
    const unexplained = new Set(answers.filter(({ kind }) => kind === 'unexplained').map(({ group }) => group));
    const heard = this.heardWith(answers, unexplained, now);
    const others = [...this.sinceTaken].filter(([, at]) => isRecent(at, now)).map(([group]) => group);
    const isAnyTaken = answers.some(({ kind }) => kind === 'accepted');
    const isRelays = !isAnyTaken && new Set([...others, ...unexplained]).size > 1;
    const refusing = [...unexplained].filter((group) => !isRelays && countOf(heard.get(group)) >= REFUSED);
    const store = (): void => {
      this.store(heard, new Set(refusing));
      if (isAnyTaken) this.sinceTaken.clear();
      else for (const group of unexplained) this.sinceTaken.set(group, now);
    };
    return { refusing: new Set(refusing), store: store };
  }

  /** The answers that count of each group with refusals, including these. */
  private heardWith(
    answers: readonly GroupAnswer[],
    unexplained: ReadonlySet<string>,
    now: Date,
  ): ReadonlyMap<string, readonly Heard[]> {
    const heard = new Map<string, readonly Heard[]>();
    for (const { group, kind } of answers) {
      const known = heard.get(group) ?? this.newest.get(group) ?? (unexplained.has(group) ? [] : null);
      if (known === null) continue;
      const all = [...known, { at: now, isUnexplained: kind === 'unexplained' }];
      heard.set(group, all.filter(({ at }) => isRecent(at, now)).slice(-NEWEST));
    }
    return heard;
  }

  private store(heard: ReadonlyMap<string, readonly Heard[]>, refusing: ReadonlySet<string>): void {
    // A group that is paused now starts from zero after its pause.
    for (const [group, newest] of heard)
      if (refusing.has(group) || countOf(newest) === 0) this.newest.delete(group);
      else this.newest.set(group, newest);
    for (const map of [this.newest, this.sinceTaken])
      for (const [oldest] of map) if (map.size > MOST_GROUPS) map.delete(oldest);
  }
}

const countOf = (heard: readonly Heard[] = []): number => heard.filter(({ isUnexplained }) => isUnexplained).length;
