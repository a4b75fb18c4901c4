import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, randomId, type SystemActor, type VendorActor, type VendorId } from '#kernel';
import { BUDGETS, type ReleaseKind } from './budget.js';
import { Noise, type ExactCells } from './noise.service.js';
import type { DataRelease, DataReleaseId, Reservation } from './release.js';
import { lockReleases } from './release-lock.js';

/** Numbers to release, before the noise. */
export interface NewRelease extends ExactCells {
  readonly vendorId: VendorId;
  readonly kind: ReleaseKind;
  readonly subject: string;
  readonly asOf: Date;
  /** Null: shown at once. */
  readonly readyAt: Date | null;
  /** Null for kinds that are limited by contributions. */
  readonly reservation: Pick<Reservation, 'id' | 'cost'> | null;
}

/** Which releases of a vendor: of a kind, and of a period. */
export interface ReleaseQuery {
  readonly vendorId: VendorId;
  readonly kind: ReleaseKind;
  /** Absent: of all subjects. */
  readonly subject?: string;
  /** `asOf` is at or after it. */
  readonly from?: Date;
  /** `asOf` is before it. */
  readonly to?: Date;
}

/**
 * The only way of a number about contacts to a vendor. A release gets its noise
 * once and is stored. Every reader at every time gets the stored numbers, so
 * asking again reveals nothing more.
 */
@Injectable()
export class Releases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly noise: Noise,
  ) {}

  /**
   * Draws the noise and stores the release, in the open transaction. If the
   * vendor has a release of this kind, subject and `asOf`, nothing is drawn:
   * that one is returned, also if the numbers differ now.
   * @param cells their names must follow from versions and closed lists. The
   *   presence of a name that follows from data would tell of the data.
   * @throws Error if a kind that needs a reservation has none, or if a cell is
   *   no integer.
   */
  async publish(actor: SystemActor, release: NewRelease): Promise<DataRelease> {
    const { vendorId, kind, subject, asOf, reservation, sd } = release;
    if ((BUDGETS[kind].limitedBy === 'releases') !== (reservation !== null))
      throw new Error(`A release of kind "${kind}" has a reservation only if its number is limited.`);
    return this.database.inTransaction(actor, async () => {
      await lockReleases(this.database, vendorId);
      const [known] = await this.stored({ vendorId, kind, subject, from: asOf, to: new Date(asOf.getTime() + 1) });
      if (known !== undefined) return known;
      const at = this.clock.now();
      // Random, and made in this transaction: a restored backup draws another
      // id, and so never repeats this noise on other numbers.
      const id = randomId<DataReleaseId>();
      const cells = this.noise.add(id, release);
      const readyAt = release.readyAt ?? at;
      const cost = reservation?.cost ?? 0;
      await this.database.query(
        `INSERT INTO release.release (id, reservation_id, vendor_id, kind, subject, as_of, at, ready_at, cells, sd, cost)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [id, reservation?.id ?? null, vendorId, kind, subject, asOf, at, readyAt, JSON.stringify(cells), sd, cost],
      );
      return { id, vendorId, kind, subject, asOf, at, readyAt, cells, sd, cost };
    });
  }

  /** @returns the releases that may be shown by now, oldest `asOf` first. */
  async find(actor: VendorActor | SystemActor, query: ReleaseQuery): Promise<DataRelease[]> {
    const now = this.clock.now();
    const found = await this.database.inTransaction(actor, () => this.stored(query));
    return found.filter(({ readyAt }) => readyAt <= now);
  }

  /** Includes releases that may not be shown yet. */
  private stored({ vendorId, kind, subject, from, to }: ReleaseQuery): Promise<DataRelease[]> {
    return this.database.query<DataRelease>(
      `SELECT id, vendor_id, kind, subject, as_of, at, ready_at, cells, sd, cost FROM release.release
       WHERE vendor_id = $1 AND kind = $2 AND ($3::text IS NULL OR subject = $3)
         AND ($4::timestamptz IS NULL OR as_of >= $4) AND ($5::timestamptz IS NULL OR as_of < $5)
       ORDER BY as_of, subject`,
      [vendorId, kind, subject ?? null, from ?? null, to ?? null],
    );
  }
}
