import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CampaignLibrary, type VersionDetail } from '#campaigns';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { type CampaignId, Clock, DAY_MS, DomainError, type VendorActor } from '#kernel';
import {
  BUDGETS,
  type BudgetUsage,
  FORECAST_COST,
  FORECASTS_PER_YEAR,
  marginOf,
  nextFullHour,
  Releases,
  type Reservation,
  Reservations,
  smallestShown,
} from '#release';
import { FORECAST_PROGRAMME } from '../enrolment/sequences.jobs.js';
import { ForecastConditions, LEAST_PARTNERS } from './forecast-conditions.service.js';
import { type ProgrammeDryRun, readForecast } from './programme-forecast.js';

/** Why no forecast of this version can be requested now. */
export type ForecastObstacle = 'draft' | 'recent' | 'too-few-partners' | 'spent' | 'waiting';

/** The newest forecast of a version. */
export interface RequestedForecast {
  readonly requestedAt: Date;
  readonly readyAt: Date;
  /** Null until `readyAt`. */
  readonly result: { readonly run: ProgrammeDryRun; readonly margin: number; readonly smallest: number } | null;
}

/** What a vendor sees of forecasts of a version. */
export interface ProgrammeDryRunState {
  /** Null if none was requested. */
  readonly forecast: RequestedForecast | null;
  /** Null if one can be requested. */
  readonly obstacle: ForecastObstacle | null;
  readonly budget: { readonly perYear: number; readonly left: number; readonly nextAt: Date | null };
}

/** The same text has one forecast in this time. */
const REPEATABLE_AFTER_MS = 30 * DAY_MS;
const HAS_FORECASTS: readonly string[] = ['in-review', 'published'];

type VersionNumber = { readonly campaignId: CampaignId; readonly number: number };

/**
 * Forecasts of versions with the contacts of all partners, for their vendor.
 * Each is computed once, in a job, and shown at a full hour. Until then nothing
 * tells how far it is: the duration would reveal the sizes of lists.
 */
@Injectable()
export class ProgrammeDryRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
    private readonly library: CampaignLibrary,
    private readonly conditions: ForecastConditions,
    private readonly releases: Releases,
    private readonly reservations: Reservations,
  ) {}

  /**
   * @throws DomainError `campaign-version.not-found`, also for a version of
   *   another vendor.
   */
  async state(actor: VendorActor, { campaignId, number }: VersionNumber): Promise<ProgrammeDryRunState> {
    const found = await this.library.version(actor, campaignId, number);
    const usage = await this.usage(actor);
    const newest = await this.reservations.newest(actor, actor.vendorId, 'forecast', found.version.compiledHash);
    return {
      forecast: newest === null ? null : await this.forecastOf(actor, found, newest),
      obstacle: await this.obstacle(actor, found, usage, newest),
      budget: { perYear: FORECASTS_PER_YEAR, left: leftOf(usage), nextAt: usage.nextAt },
    };
  }

  /**
   * Requests a forecast. The same text within 30 days gives the forecast that
   * there is, also in another version or campaign, and uses nothing up.
   * @throws DomainError `forecast.draft`, `forecast.too-few-partners`,
   *   `forecast.spent`, `forecast.waiting`, `campaign-version.not-found`.
   */
  async request(actor: VendorActor, version: VersionNumber): Promise<ProgrammeDryRunState> {
    requirePermission(actor, 'campaigns.submit');
    const found = await this.library.version(actor, version.campaignId, version.number);
    if (!HAS_FORECASTS.includes(found.version.status)) throw isDraft();
    if (!(await this.conditions.hasEnoughPartners(actor))) throw tooFewPartners();
    await this.database.inTransaction(actor, async () => {
      const { reservation, isNew } = await this.reserve(actor, found);
      if (!isNew) return;
      const { vendorId, id: reservationId } = reservation;
      await this.jobs.enqueue(FORECAST_PROGRAMME, { reservationId, vendorId, campaignId: version.campaignId });
    });
    return this.state(actor, version);
  }

  /**
   * Uses up one of the forecasts of the year, without looking at the programme
   * and without computing it. Alone it is for the demonstration, whose partners
   * are minutes old.
   */
  async reserve(
    actor: VendorActor,
    { version, campaign }: VersionDetail,
  ): Promise<{ readonly reservation: Reservation; readonly isNew: boolean }> {
    const { vendorId } = actor;
    const { id, number, campaignId, compiledHash: subject } = version;
    return this.database.inTransaction(actor, async () => {
      const made = await this.reservations.reserve(actor, {
        vendorId,
        kind: 'forecast',
        subject,
        cost: FORECAST_COST,
        onceInMs: REPEATABLE_AFTER_MS,
      });
      if (!made.isNew) return made;
      const { reserved: forecast } = await this.usage(actor);
      const details = { campaignId, name: campaign.name, number, forecast, perYear: FORECASTS_PER_YEAR };
      await this.audit.record(actor, {
        action: 'forecast.requested',
        subject: { kind: 'campaign-version', id },
        details,
      });
      return made;
    });
  }

  private usage(actor: VendorActor): Promise<BudgetUsage> {
    return this.reservations.usage(actor, actor.vendorId, 'forecast', FORECAST_COST);
  }

  private async forecastOf(
    actor: VendorActor,
    { compiled }: VersionDetail,
    { subject, at, readyAt }: Reservation,
  ): Promise<RequestedForecast> {
    const { vendorId } = actor;
    const [release] = await this.releases.find(actor, {
      vendorId,
      kind: 'forecast',
      subject,
      from: at,
      to: new Date(at.getTime() + 1),
    });
    if (release === undefined) {
      const now = this.clock.now();
      return { requestedAt: at, readyAt: readyAt > now ? readyAt : nextFullHour(now), result: null };
    }
    const { sd } = release;
    const run = readForecast(compiled.definition.sequence, release);
    return {
      requestedAt: at,
      readyAt: release.readyAt,
      result: { run, margin: marginOf(sd), smallest: smallestShown(sd) },
    };
  }

  private async obstacle(
    actor: VendorActor,
    { version }: VersionDetail,
    usage: BudgetUsage,
    newest: Reservation | null,
  ): Promise<ForecastObstacle | null> {
    if (!HAS_FORECASTS.includes(version.status)) return 'draft';
    const now = this.clock.now().getTime();
    if (newest !== null && newest.at.getTime() > now - REPEATABLE_AFTER_MS) return 'recent';
    if (!(await this.conditions.hasEnoughPartners(actor))) return 'too-few-partners';
    if (usage.nextAt !== null) return 'spent';
    return usage.waiting >= BUDGETS.forecast.maxWaiting ? 'waiting' : null;
  }
}

const leftOf = ({ perYear, used }: BudgetUsage): number => Math.floor((perYear - used) / FORECAST_COST);

const isDraft = (): DomainError =>
  new DomainError(
    'forecast.draft',
    'A forecast needs a version in review or published. Submit the version first; test contacts work at any time.',
    {},
    { kind: 'conflict' },
  );

const tooFewPartners = (): DomainError =>
  new DomainError(
    'forecast.too-few-partners',
    `A forecast needs ${LEAST_PARTNERS} partners that joined at least 30 days ago and have launched a campaign.`,
    { least: LEAST_PARTNERS },
    { kind: 'conflict' },
  );
