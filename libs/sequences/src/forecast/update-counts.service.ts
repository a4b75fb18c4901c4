import { Injectable } from '@nestjs/common';
import { UpdateAudience } from '#activations';
import { Database } from '#database';
import { type ActivationId, type CampaignId, type CampaignVersionId, Clock, systemActor, type VendorId } from '#kernel';
import { nextFullHour, Releases, Reservations, type ReservationId, UPDATE_COUNTS } from '#release';

/** The one number of a release. */
const IN_FLIGHT = 'in-flight';

/** What the job of a count names. */
interface CountJob {
  readonly reservationId: ReservationId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly versionNumber: number;
}

/** Counts the contacts that an update concerns, as vendors have requested. */
@Injectable()
export class UpdateCounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audience: UpdateAudience,
    private readonly releases: Releases,
    private readonly reservations: Reservations,
  ) {}

  /** Counts and releases. May run twice: the first release stays. */
  async compute({ reservationId, vendorId, campaignId, versionNumber }: CountJob): Promise<void> {
    const actor = systemActor('update-count', { vendorId });
    const reservation = await this.reservations.get(actor, reservationId);
    const { subject, at, readyAt } = reservation;
    const versionId = subject as CampaignVersionId;
    const running = await this.audience.running({ campaignId, versionId, versionNumber });
    const now = this.clock.now();
    await this.releases.publish(actor, {
      vendorId,
      kind: 'update-count',
      subject,
      asOf: at,
      // A late count does not tell by minutes how long the work took.
      readyAt: now <= readyAt ? readyAt : nextFullHour(now),
      reservation,
      cells: [{ name: IN_FLIGHT, value: await this.inFlight(running.map(({ id }) => id)) }],
      denominator: 1,
      sd: UPDATE_COUNTS.sd,
    });
  }

  /** Contacts that have not finished, each once: so one of them moves the number by one. Never show it. */
  private async inFlight(activationIds: readonly ActivationId[]): Promise<number> {
    const [found] = await this.database.inTransaction(systemActor('update-count'), () =>
      this.database.query<{ contacts: number }>(
        `SELECT count(DISTINCT contact_id)::int AS contacts FROM sequences.enrolment
         WHERE activation_id = ANY ($1) AND state IN ('waiting', 'running')`,
        [activationIds],
      ),
    );
    return found?.contacts ?? 0;
  }
}
