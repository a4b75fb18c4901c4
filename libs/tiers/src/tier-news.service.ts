import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import type { TierRequirement } from '#contracts';
import { Database } from '#database';
import { SystemMail } from '#identity';
import { Clock, type PartnerId, systemActor, type VendorId } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { tierLetter, type TierNewsItem } from './tier-letter.js';

const NEWS = systemActor('tier-news');
/** A lock of the database: processes take turns, so that no partner is told twice. */
const TELLING = 'telling of tiers';
/** Partners in one transaction. */
const PAGE = 500;

/** A row that its partner was not told of yet. */
interface Untold {
  readonly key: string;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly from: string;
  readonly to: string;
  /** Null: the tier has changed. */
  readonly dropsOn: string | null;
  readonly requirements: readonly TierRequirement[];
}

/** Tells partners of a coming drop, with its date and what they lack, and of each change of their tier. */
@Injectable()
export class TierNews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Tells what is not told yet. The claim and the e-mails are one transaction,
   * so that a process that dies tells nothing and one that follows all of it.
   * @returns whether there may be more.
   */
  async tellDue(): Promise<boolean> {
    return this.database.inTransaction(NEWS, async () => {
      await this.database.lock(TELLING);
      const untold = [...(await this.claimDrops()), ...(await this.claimChanges())];
      await this.tell(untold);
      return untold.length >= PAGE;
    });
  }

  /** A partner that is told late gets its whole grace period from now on. */
  private async claimDrops(): Promise<Untold[]> {
    return this.database.query<Untold>(
      `UPDATE tiers.coming_drop d SET told_at = $1, drops_on = greatest(drops_on, $2::date + (drops_on - announced_on))
       WHERE (programme_id, partner_id) IN (
         SELECT programme_id, partner_id FROM tiers.coming_drop WHERE told_at IS NULL LIMIT $3 FOR UPDATE)
       RETURNING programme_id || ' ' || told_at AS key, partner_id, vendor_id, from_tier AS "from", to_tier AS "to",
         drops_on::text AS drops_on, requirements`,
      [this.clock.now(), this.clock.now().toISOString().slice(0, 10), PAGE],
    );
  }

  private async claimChanges(): Promise<Untold[]> {
    return this.database.query<Untold>(
      `UPDATE tiers.change SET told_at = $1
       WHERE id IN (SELECT id FROM tiers.change WHERE told_at IS NULL ORDER BY id LIMIT $2 FOR UPDATE)
       RETURNING id::text AS key, partner_id, vendor_id, from_tier AS "from", to_tier AS "to", NULL AS drops_on, requirements`,
      [this.clock.now(), PAGE],
    );
  }

  private async tell(untold: readonly Untold[]): Promise<void> {
    if (untold.length === 0) return;
    const looks = await this.profiles.mailLooks(NEWS, [...new Set(untold.map(({ partnerId }) => partnerId))]);
    const vendors = await this.organisations.byIds(NEWS, [...new Set(untold.map(({ vendorId }) => vendorId))]);
    const letters = new Map<Notice, TierNewsItem>();
    for (const { key, partnerId, vendorId, ...news } of untold) {
      const vendor = { id: vendorId, name: vendors.get(vendorId)?.name ?? '' };
      const notice: Notice = {
        organisationId: partnerId,
        kind: 'partnerships',
        event: news.dropsOn === null ? 'tier-changed' : 'tier-drop-announced',
        key,
        by: vendor.name,
        titles: null,
        path: '/vendors',
        audience: contactReaders(looks.get(partnerId)?.email ?? null),
      };
      letters.set(notice, { vendor, ...news });
    }
    const readers = await this.notifier.readersNow(NEWS, [...letters.keys()]);
    await this.mail.postAll(
      readers.flatMap(({ notice, reader }) => {
        const news = letters.get(notice);
        return news === undefined
          ? []
          : [{ message: tierLetter(reader, `${this.config.PUBLIC_URL}${notice.path}`, news) }];
      }),
    );
  }
}
