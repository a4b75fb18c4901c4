import type { PartnerId } from '#kernel';
import type { DryRun, SimulatedStep } from './dry-run.js';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';

/** Rounded forecast of one step for the contacts of all partners. */
interface ProgrammeStep {
  readonly stepKey: string;
  readonly kind: SimulatedStep['kind'];
  /** Null if fewer than five partners have contacts that get it. */
  readonly done: number | null;
  /** Only reasons that occur at five partners or more. */
  readonly reasons: ReadonlyMap<ReasonCode, number>;
  readonly waits: ReadonlyMap<WaitReason, number>;
}

/**
 * Forecast of a version for all partners of a programme. Its numbers reveal no
 * single partner.
 */
export interface ProgrammeDryRun {
  readonly startAt: Date;
  readonly until: Date;
  readonly total: number;
  /**
   * Contacts that get at least one e-mail, rounded. Null if fewer than five
   * partners have such contacts.
   */
  readonly reached: number | null;
  readonly steps: readonly ProgrammeStep[];
  /**
   * How many contacts get a step, by day of their partner's calendar. Days with
   * fewer than five partners are left out.
   */
  readonly days: readonly { readonly on: string; readonly stepKey: string; readonly count: number }[];
}

/** Numbers of fewer partners than this are never shown to a vendor. */
const SMALLEST_GROUP = 5;
/**
 * Significant digits. More would claim a precision that the factors do not
 * allow.
 */
const DIGITS = 2;

/** A sum over partners that is published only for enough of them. */
class ThresholdedCount {
  private sum = 0;
  private partners = 0;

  add(count: number, factor: number): void {
    if (count === 0) return;
    this.sum += count * factor;
    this.partners += 1;
  }

  /** Null if too few partners are in the sum. */
  get published(): number | null {
    if (this.partners < SMALLEST_GROUP) return null;
    return Math.round(Number(this.sum.toPrecision(DIGITS)));
  }
}

/** Sums by name. */
class ThresholdedCounts<Name extends string> {
  private readonly cells = new Map<Name, ThresholdedCount>();

  add(name: Name, count: number, factor: number): void {
    const cell = this.cells.get(name) ?? new ThresholdedCount();
    this.cells.set(name, cell);
    cell.add(count, factor);
  }

  /** The sums with enough partners, in order of insertion. */
  get published(): Map<Name, number> {
    const told = [...this.cells].flatMap(([name, cell]) =>
      cell.published === null ? [] : [[name, cell.published] as const],
    );
    return new Map(told);
  }
}

/**
 * Adds up the forecasts of partners for their vendor. A vendor could ask again
 * after a partner has joined or left, and subtract the results. So the counts
 * of each partner are multiplied by a secret factor of that partner (noise for
 * tables of establishments: Evans, Zayatz and Slanta, 1998). The factor never
 * changes, so that repeated requests do not average it away. Over many partners
 * the factors cancel each other out. In addition, no number of fewer than five
 * partners is published.
 */
export class ProgrammeForecast {
  private readonly total = new ThresholdedCount();
  private readonly reached = new ThresholdedCount();
  private readonly done = new ThresholdedCounts<string>();
  private readonly days = new ThresholdedCounts<`${string} ${string}`>();
  private readonly reasons = new Map<string, ThresholdedCounts<ReasonCode>>();
  private readonly waits = new Map<string, ThresholdedCounts<WaitReason>>();

  /**
   * @param order action steps, in the order of the sequence.
   * @param factorOf returns the factor of a partner; see `factorFrom`.
   */
  constructor(
    private readonly order: readonly { readonly key: string; readonly kind: SimulatedStep['kind'] }[],
    private readonly factorOf: (partnerId: PartnerId) => number,
  ) {
    for (const { key } of order) {
      this.reasons.set(key, new ThresholdedCounts());
      this.waits.set(key, new ThresholdedCounts());
    }
  }

  add(partnerId: PartnerId, { total, reached, steps, days }: Omit<DryRun, 'zones'>): void {
    const factor = this.factorOf(partnerId);
    this.total.add(total, factor);
    this.reached.add(reached, factor);
    for (const { stepKey, done, reasons, waits } of steps) {
      this.done.add(stepKey, done, factor);
      for (const [reason, count] of reasons) this.reasons.get(stepKey)?.add(reason, count, factor);
      for (const [reason, count] of waits) this.waits.get(stepKey)?.add(reason, count, factor);
    }
    for (const { on, stepKey, count } of days) this.days.add(`${on} ${stepKey}`, count, factor);
  }

  /** @returns null if fewer than five partners have contacts. */
  result(frame: Pick<ProgrammeDryRun, 'startAt' | 'until'>): ProgrammeDryRun | null {
    const { published: total } = this.total;
    if (total === null) return null;
    const done = this.done.published;
    const days = [...this.days.published].map(([name, count]) => {
      const [on = '', stepKey = ''] = name.split(' ');
      return { on, stepKey, count };
    });
    return {
      ...frame,
      total,
      reached: this.reached.published,
      steps: this.order.map(({ key: stepKey, kind }) => ({
        stepKey,
        kind,
        done: done.get(stepKey) ?? null,
        reasons: this.reasons.get(stepKey)?.published ?? new Map(),
        waits: this.waits.get(stepKey)?.published ?? new Map(),
      })),
      days: days.sort((a, b) => a.on.localeCompare(b.on)),
    };
  }
}

const LEAST_OFF = 0.1;
const MOST_OFF = 0.25;

/**
 * A factor from 32 random bits: 10 to 25 % above or below one. It is never
 * closer to one, so that a number of one partner is never exact.
 * @param bits from 0 to 2³² − 1.
 */
export function factorFrom(bits: number): number {
  const share = (bits >>> 1) / 0x7fff_ffff;
  const off = LEAST_OFF + share * (MOST_OFF - LEAST_OFF);
  return (bits & 1) === 1 ? 1 + off : 1 - off;
}
