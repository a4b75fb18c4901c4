import { FORECAST_SD_PER_DISTANCE, type ReleasedCell, shownNumber } from '#release';
import { isAction, mostActions, type SequenceDefinition } from '#sequencing';
import { type ContactWalk, FORECAST_REASONS, type ForecastReason } from './contact-walk.js';
import type { SimulatedStep } from './dry-run.js';

/**
 * Forecast of a version for all partners of a programme. Null: too small to be
 * shown.
 */
export interface ProgrammeDryRun {
  readonly total: number | null;
  /** Contacts that get at least one e-mail. */
  readonly reached: number | null;
  readonly steps: readonly {
    readonly stepKey: string;
    readonly kind: SimulatedStep['kind'];
    readonly done: number | null;
  }[];
  /** Contacts that get no e-mail, by reason. */
  readonly reasons: ReadonlyMap<ForecastReason, number>;
}

/** Factors are whole hundredths, and so are the sums. */
export const HUNDREDTHS = 100;
const LEAST_OFF = 10;
const MOST_OFF = 25;

/**
 * A partner's factor in hundredths, from random bits: 10 to 25 % above or below
 * one. It is never closer to one, so that the size of a list is never exact.
 * @param bits from 0 to 2³² − 1.
 */
export function factorFrom(bits: number): number {
  const off = LEAST_OFF + ((bits >>> 1) % (MOST_OFF - LEAST_OFF + 1));
  return (bits & 1) === 1 ? HUNDREDTHS + off : HUNDREDTHS - off;
}

/**
 * The standard deviation of the noise, in people. One person in one list counts
 * in the total, in `reached` or one reason, and in the steps of one path. With
 * another value of a field it moves at most `2L + 2` cells.
 */
export function sdOf(sequence: SequenceDefinition): number {
  const distance = Math.sqrt(2 * mostActions(sequence) + 2) * (1 + MOST_OFF / HUNDREDTHS);
  return FORECAST_SD_PER_DISTANCE * distance;
}

const TOTAL = 'total';
const REACHED = 'reached';
const stepCell = (key: string): string => `step ${key}`;
const reasonCell = (reason: ForecastReason): string => `reason ${reason}`;

/**
 * Adds up the contacts of a programme, in hundredths. The names of its cells
 * follow from the version and a closed list, never from contacts.
 */
export class ProgrammeCounts {
  private readonly counts: Map<string, number>;

  constructor(sequence: SequenceDefinition) {
    const steps = sequence.steps.filter(isAction).map(({ key }) => stepCell(key));
    const names = [TOTAL, REACHED, ...steps, ...FORECAST_REASONS.map(reasonCell)];
    this.counts = new Map(names.map((name) => [name, 0]));
  }

  /**
   * @param factor of the partner, in hundredths.
   * @param people contacts with this walk.
   */
  add(factor: number, { gets, isReached, reason }: ContactWalk, people: number): void {
    this.raise(TOTAL, factor * people);
    if (isReached) this.raise(REACHED, factor * people);
    else this.raise(reasonCell(reason ?? 'other'), factor * people);
    for (const key of gets) this.raise(stepCell(key), factor * people);
  }

  get cells(): ReleasedCell[] {
    return [...this.counts].map(([name, value]) => ({ name, value }));
  }

  private raise(name: string, by: number): void {
    const known = this.counts.get(name);
    if (known === undefined) throw new Error(`A forecast has no cell "${name}".`);
    this.counts.set(name, known + by);
  }
}

/** Reads a released forecast as it is shown. */
export function readForecast(
  { steps }: SequenceDefinition,
  { cells, sd }: { readonly cells: readonly ReleasedCell[]; readonly sd: number },
): ProgrammeDryRun {
  const values = new Map(cells.map(({ name, value }) => [name, value]));
  const shown = (name: string): number | null => shownNumber(values.get(name) ?? 0, sd);
  return {
    total: shown(TOTAL),
    reached: shown(REACHED),
    steps: steps.filter(isAction).map(({ key, kind }) => ({ stepKey: key, kind, done: shown(stepCell(key)) })),
    reasons: new Map(
      FORECAST_REASONS.flatMap((reason) => {
        const count = shown(reasonCell(reason));
        return count === null ? [] : [[reason, count] as const];
      }),
    ),
  };
}
