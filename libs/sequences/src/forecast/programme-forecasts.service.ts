import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { CompiledCampaigns } from '#content';
import { type CampaignId, Clock, type PartnerId, systemActor, type VendorId } from '#kernel';
import { Memberships } from '#organisations';
import {
  nextFullHour,
  type ReleasedCell,
  Releases,
  type Reservation,
  Reservations,
  type ReservationId,
} from '#release';
import { type ForecastVersion, PartnerWalks } from './partner-walks.service.js';
import { factorFrom, HUNDREDTHS, ProgrammeCounts, sdOf } from './programme-forecast.js';

/**
 * Computes forecasts that vendors have requested, with the contacts of all
 * partners of a programme. The sum always covers all partners, not the group
 * that may run the version. A vendor could define two groups that differ by one
 * partner.
 */
@Injectable()
export class ProgrammeForecasts {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
    private readonly memberships: Memberships,
    private readonly walks: PartnerWalks,
    private readonly releases: Releases,
    private readonly reservations: Reservations,
    @Inject(CONFIG) { SECRET_KEY: secret }: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'throughline programme forecast', 32));
  }

  /**
   * Computes and releases one forecast. May run twice: the first release stays.
   * @param readyAt when it is shown; absent: at its hour, or at the next full
   *   hour if that has passed.
   */
  async compute({ reservationId, vendorId, campaignId }: ForecastJob, readyAt: Date | null = null): Promise<void> {
    const actor = systemActor('programme-dry-run', { vendorId });
    const reservation = await this.reservations.get(actor, reservationId);
    const compiled = await this.compiled.load(reservation.subject);
    const cells = await this.exactCells({ vendorId, campaignId, compiled }, reservation.at);
    await this.releases.publish(actor, {
      vendorId,
      kind: 'forecast',
      subject: reservation.subject,
      asOf: reservation.at,
      readyAt: readyAt ?? this.readyAt(reservation),
      reservation,
      cells,
      denominator: HUNDREDTHS,
      sd: sdOf(compiled.definition.sequence),
    });
  }

  /** The numbers before the noise: never show them. */
  async exactCells(version: ForecastVersion, startAt: Date): Promise<ReleasedCell[]> {
    const actor = { ...systemActor('programme-dry-run', { vendorId: version.vendorId }), vendorId: version.vendorId };
    const counts = new ProgrammeCounts(version.compiled.definition.sequence);
    for (const partnerId of await this.memberships.activePartners(actor)) {
      const factor = this.factorOf(partnerId);
      await this.walks.run(version, partnerId, startAt, (walk, people) => counts.add(factor, walk, people));
    }
    return counts.cells;
  }

  /** A late forecast does not tell by minutes how long the work took. */
  private readyAt({ readyAt }: Reservation): Date {
    const now = this.clock.now();
    return now <= readyAt ? readyAt : nextFullHour(now);
  }

  private factorOf(partnerId: PartnerId): number {
    return factorFrom(createHmac('sha256', this.key).update(partnerId).digest().readUInt32BE());
  }
}

/** What the job of a forecast names. */
interface ForecastJob {
  readonly reservationId: ReservationId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
}
