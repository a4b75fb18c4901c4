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
  marginOf,
  nextFullHour,
  Releases,
  type Reservation,
  Reservations,
  shownNumber,
  smallestShown,
  UPDATE_COUNTS,
} from '#release';
import { COUNT_UPDATE_CONTACTS } from '../enrolment/sequences.jobs.js';
import { ForecastConditions, LEAST_PARTNERS } from './forecast-conditions.service.js';

/** Why no estimate can be requested now. */
type EstimateObstacle = 'recent' | 'too-few-partners' | 'spent' | 'waiting';

/** About how many contacts an update concerns. */
export interface UpdateEstimate {
  /** Null: none was requested. */
  readonly newest: {
    readonly requestedAt: Date;
    readonly readyAt: Date;
    readonly isReady: boolean;
    /** Null until it is ready, and if there are fewer than `smallest`. */
    readonly contacts: number | null;
  } | null;
  readonly margin: number;
  readonly smallest: number;
  /** Null: one can be requested. */
  readonly obstacle: EstimateObstacle | null;
  /** Estimates that are left of those of 365 days. */
  readonly left: number;
  readonly perYear: number;
}

/** A version has one estimate in this time. */
const REPEATABLE_AFTER_MS = 30 * DAY_MS;

type VersionNumber = { readonly campaignId: CampaignId; readonly number: number };

/**
 * Estimates of how many contacts an update of running activations concerns, for
 * their vendor: one release each, as a forecast. Two estimates that differ by
 * one contact tell no more of it than their noise allows.
 */
@Injectable()
export class UpdateEstimates {
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

  /** @throws DomainError `campaign-version.not-found`. */
  async state(actor: VendorActor, version: VersionNumber): Promise<UpdateEstimate> {
    requirePermission(actor, 'programme.read');
    const found = await this.library.version(actor, version.campaignId, version.number);
    const { vendorId } = actor;
    const newest = await this.reservations.newest(actor, vendorId, 'update-count', found.version.id);
    const usage = await this.reservations.usage(actor, vendorId, 'update-count', UPDATE_COUNTS.cost);
    return {
      newest: newest === null ? null : await this.newestOf(actor, newest),
      margin: marginOf(UPDATE_COUNTS.sd),
      smallest: smallestShown(UPDATE_COUNTS.sd),
      obstacle: await this.obstacle(actor, found, usage, newest),
      left: Math.floor((usage.perYear - usage.used) / UPDATE_COUNTS.cost),
      perYear: UPDATE_COUNTS.perYear,
    };
  }

  /**
   * Requests an estimate. A version has one in 30 days: asking again uses nothing up.
   * @throws DomainError `update-count.too-few-partners`, `update-count.spent`,
   *   `update-count.waiting`, `campaign-version.not-found`.
   */
  async request(actor: VendorActor, { campaignId, number }: VersionNumber): Promise<void> {
    requirePermission(actor, 'campaigns.publish');
    const found = await this.library.version(actor, campaignId, number);
    if (!(await this.conditions.hasEnoughRunning(actor, found.version))) throw tooFewPartners();
    const { vendorId } = actor;
    await this.database.inTransaction(actor, async () => {
      const { reservation, isNew } = await this.reservations.reserve(actor, {
        vendorId,
        kind: 'update-count',
        subject: found.version.id,
        cost: UPDATE_COUNTS.cost,
        onceInMs: REPEATABLE_AFTER_MS,
      });
      if (!isNew) return;
      const { id: reservationId } = reservation;
      await this.jobs.enqueue(COUNT_UPDATE_CONTACTS, { reservationId, vendorId, campaignId, versionNumber: number });
      await this.audit.record(actor, {
        action: 'version-update.contacts-estimated',
        subject: { kind: 'campaign-version', id: found.version.id },
        details: { number, name: found.campaign.name },
      });
    });
  }

  private async newestOf(actor: VendorActor, reservation: Reservation): Promise<NonNullable<UpdateEstimate['newest']>> {
    const { at: requestedAt, readyAt, vendorId, kind, subject } = reservation;
    const of = { vendorId, kind, subject, from: requestedAt, to: new Date(requestedAt.getTime() + 1) };
    const [release] = await this.releases.find(actor, of);
    const now = this.clock.now();
    if (release === undefined)
      return { requestedAt, readyAt: readyAt > now ? readyAt : nextFullHour(now), isReady: false, contacts: null };
    const contacts = shownNumber(release.cells[0]?.value ?? 0, release.sd);
    return { requestedAt, readyAt: release.readyAt, isReady: true, contacts };
  }

  private async obstacle(
    actor: VendorActor,
    { version }: VersionDetail,
    { nextAt, waiting }: BudgetUsage,
    newest: Reservation | null,
  ): Promise<EstimateObstacle | null> {
    if (newest !== null && newest.at.getTime() > this.clock.now().getTime() - REPEATABLE_AFTER_MS) return 'recent';
    if (!(await this.conditions.hasEnoughRunning(actor, version))) return 'too-few-partners';
    if (nextAt !== null) return 'spent';
    const { maxWaiting } = BUDGETS['update-count'];
    return maxWaiting !== null && waiting >= maxWaiting ? 'waiting' : null;
  }
}

const tooFewPartners = (): DomainError =>
  new DomainError(
    'update-count.too-few-partners',
    `An estimate needs ${LEAST_PARTNERS} partners that run an earlier version, joined at least 30 days ago and have launched a campaign.`,
    { least: LEAST_PARTNERS },
    { kind: 'conflict' },
  );
