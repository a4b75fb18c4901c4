/** How a group of mail servers answered to one message: `unexplained` is 421, 450 or 451 without a word of whom it means. */
export interface GroupAnswer {
  readonly group: string;
  readonly kind: 'accepted' | 'slow-down' | 'unexplained';
}

interface Heard {
  readonly at: Date;
  readonly isUnexplained: boolean;
}

/** So many of the newest answers of a group … */
const REFUSED = 5;
const NEWEST = 10;
/** … that are no older than this. */
const WITHIN_MS = 10 * 60_000;
/** Groups of which answers are kept; who refuses without a reason goes on to do so, or is forgotten. */
const MOST_GROUPS = 10_000;

const isRecent = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < WITHIN_MS;

/**
 * Groups that refuse all of us, though no code says so: at least five of the newest ten answers of ten minutes were unexplained refusals. One alone
 * means its message (greylisting, RFC 6647, or a mailbox that is locked); where several groups say it and nobody takes anything, the relay
 * between means itself.
 */
export class UnexplainedRefusals {
  private readonly newest = new Map<string, readonly Heard[]>();
  /** Groups that refused since any took mail, with the last time. */
  private readonly sinceTaken = new Map<string, Date>();

  /**
   * @param answers in the order in which they came.
   * @returns the groups that refuse all of us by now; and `store`, without which these answers were never heard.
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

  /** What counts of each group that has refused, with these answers. */
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
    // Who waits now has been answered: what it says after its pause is counted anew.
    for (const [group, newest] of heard)
      if (refusing.has(group) || countOf(newest) === 0) this.newest.delete(group);
      else this.newest.set(group, newest);
    for (const map of [this.newest, this.sinceTaken])
      for (const [oldest] of map) if (map.size > MOST_GROUPS) map.delete(oldest);
  }
}

const countOf = (heard: readonly Heard[] = []): number => heard.filter(({ isUnexplained }) => isUnexplained).length;
