import type { VendorId } from '#kernel';
import {
  BUDGETS,
  FORECAST_COST,
  FORECASTS_PER_YEAR,
  RELEASE_KINDS,
  ReleaseLog,
  ReleaseModule,
  Reservations,
  UPDATE_CHECKS,
  UPDATE_COUNTS,
} from '#release';
import { anId, optional } from './command-arguments.js';
import type { Print } from './commands.js';
import { withInstallation, operator } from './operator-process.js';

/** Kinds of which a vendor has a number in 365 days. */
const LIMITED_BY_NUMBER = [
  { kind: 'forecast', called: 'Forecasts', most: FORECASTS_PER_YEAR, cost: FORECAST_COST },
  { kind: 'update-count', called: 'Estimates of updates', most: UPDATE_COUNTS.perYear, cost: UPDATE_COUNTS.cost },
  { kind: 'update-check', called: 'Checks of updates', most: UPDATE_CHECKS.perYear, cost: UPDATE_CHECKS.cost },
] as const;

/** The services that the commands use; tests pass their own. */
export interface ReleaseCommandServices {
  readonly log: ReleaseLog;
  readonly reservations: Reservations;
}

/**
 * Opens the installation, runs one command with its services, and closes it
 * again.
 */
export async function withReleases(work: (services: ReleaseCommandServices) => Promise<void>): Promise<void> {
  await withInstallation([ReleaseModule], (app) =>
    work({ log: app.get(ReleaseLog), reservations: app.get(Reservations) }),
  );
}

/**
 * Prints what was released to a vendor about contacts: the cost of each release
 * and what is left of the budget of 365 days. It prints no released number.
 */
export async function releaseLog(
  { log, reservations }: ReleaseCommandServices,
  vendor: string,
  limit: number,
  print: Print,
): Promise<void> {
  const vendorId = anId(vendor) as VendorId;
  for (const { at, kind, subject, cost, readyAt, number, sd, cells } of await log.list(operator(), vendorId, limit))
    print(
      [
        at.toISOString(),
        `${kind}${optional(number, (place) => ` ${place}`)}`,
        `of ${subject}`,
        `cost ${inMu2(cost)}`,
        `shown from ${readyAt.toISOString()}`,
        sd === null ? 'not computed yet' : `${cells ?? 0} numbers, sd ${sd.toFixed(1)}`,
      ].join('  '),
    );
  for (const { kind, called, most, cost } of LIMITED_BY_NUMBER) {
    const { used, perYear, reserved, nextAt } = await reservations.usage(operator(), vendorId, kind, cost);
    print(
      `${called} of 365 days: ${reserved} of ${most}, cost ${inMu2(used)} of ${inMu2(perYear)}, left ${inMu2(perYear - used)}` +
        `${optional(nextAt, (at) => `, the next on ${at.toISOString().slice(0, 10)}`)}.`,
    );
  }
  for (const kind of RELEASE_KINDS)
    if (BUDGETS[kind].limitedBy === 'contributions')
      print(`${kind}: at most ${inMu2(BUDGETS[kind].perYear)} for one person, by the bound on what one person counts.`);
}

/** μ², from millionths. */
const inMu2 = (millionths: number): string => (millionths / 1_000_000).toFixed(4);
