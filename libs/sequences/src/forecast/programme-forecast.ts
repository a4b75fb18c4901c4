import type { PartnerId } from '#kernel';
import type { DryRun, SimulatedStep } from './dry-run.js';
import type { ReasonCode, WaitReason } from '../enrolment/reason.js';

/**
 * About so many get a step of all partners' contacts, and why about so many
 * others do not.
 */
interface ProgrammeStep {
  readonly stepKey: string;
  readonly kind: SimulatedStep['kind'];
  /** Null while fewer than five partners have anybody who does. */
  readonly done: number | null;
  /** Those of five partners or more. */
  readonly reasons: ReadonlyMap<ReasonCode, number>;
  readonly waits: ReadonlyMap<WaitReason, number>;
}

/**
 * What a version would do with the contacts of all partners of a programme, in
 * numbers that tell of no partner.
 */
export interface ProgrammeDryRun {
  readonly startAt: Date;
  readonly until: Date;
  readonly total: number;
  /**
   * About so many get an e-mail; null while fewer than five partners have
   * anybody who does.
   */
  readonly reached: number | null;
  readonly steps: readonly ProgrammeStep[];
  /**
   * How many get a step on a day of their partner's calendar, where five
   * partners or more have somebody who does.
   */
  readonly days: readonly { readonly on: string; readonly stepKey: string; readonly count: number }[];
}

/** A number about fewer partners than this is told to no vendor. */
const SMALLEST_GROUP = 5;
/**
 * Digits that mean something: more would claim what the factors do not hold.
 */
const DIGITS = 2;

/** What partners add up to. */
class ThresholdedCount {
  private sum = 0;
  private partners = 0;

  add(count: number, factor: number): void {
    if (count === 0) return;
    this.sum += count * factor;
    this.partners += 1;
  }

  /** Null where too few partners stand behind it. */
  get published(): number | null {
    if (this.partners < SMALLEST_GROUP) return null;
    return Math.round(Number(this.sum.toPrecision(DIGITS)));
  }
}

/** Cells by name, made as they are needed. */
class ThresholdedCounts<Name extends string> {
  private readonly cells = new Map<Name, ThresholdedCount>();

  add(name: Name, count: number, factor: number): void {
    const cell = this.cells.get(name) ?? new ThresholdedCount();
    this.cells.set(name, cell);
    cell.add(count, factor);
  }

  /** Those of enough partners, in the order in which they came. */
  get published(): Map<Name, number> {
    const told = [...this.cells].flatMap(([name, cell]) =>
      cell.published === null ? [] : [[name, cell.published] as const],
    );
    return new Map(told);
  }
}

/**
 * Adds partners' forecasts up for their vendor. A vendor may ask again after a
 * partner has come or gone, and take one answer from the other; so each
 * partner's counts go in multiplied by a factor that is its own and that nobody
 * knows (noise for tables of establishments: Evans, Zayatz and Slanta, 1998).
 * It stays the same for ever, so asking often does not average it away, and
 * over many partners the factors cancel each other out. Besides, no number of
 * fewer than five partners is told.
 */
export class ProgrammeForecast {
  private readonly total = new ThresholdedCount();
  private readonly reached = new ThresholdedCount();
  private readonly done = new ThresholdedCounts<string>();
  private readonly days = new ThresholdedCounts<`${string} ${string}`>();
  private readonly reasons = new Map<string, ThresholdedCounts<ReasonCode>>();
  private readonly waits = new Map<string, ThresholdedCounts<WaitReason>>();

  /**
   * @param order of steps, as the sequence has them.
   * @param factorOf a partner's own factor, `factorOf` below.
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

  /** @returns null while fewer than five partners have contacts to look at. */
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
 * A factor from 32 random bits: 10 to 25 % above or below one, never nearer, so
 * that a number of one partner is never the true one.
 * @param bits from 0 to 2³² − 1.
 */
export function factorFrom(bits: number): number {
  const share = (bits >>> 1) / 0x7fff_ffff;
  const off = LEAST_OFF + share * (MOST_OFF - LEAST_OFF);
  return (bits & 1) === 1 ? 1 + off : 1 - off;
}
