import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  type PartnerActor,
  type PartnerId,
  type VendorActor,
  type VendorId,
} from '#kernel';

/** How many messages reach an address in any seven days at most. */
export interface CapsInForce {
  /** Of a vendor's campaigns, whichever partners send them. */
  readonly ofVendor: number;
  /** Of a partner's, whichever vendors they are of. */
  readonly ofPartner: number;
}

export interface OwnFrequencyCap {
  /** Null while the organisation leaves it to the installation. */
  readonly own: number | null;
  /** The installation's: nobody may allow more. */
  readonly most: number;
}

/** An organisation may want people to be written to less often than the installation allows; never more often. */
@Injectable()
export class OwnFrequencyCaps {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP' | 'PARTNER_FREQUENCY_CAP'>,
  ) {}

  async of(actor: VendorActor | PartnerActor): Promise<OwnFrequencyCap> {
    const id = idOf(actor);
    const own = await this.database.inTransaction(actor, () => this.own([id]));
    return { own: own.get(id) ?? null, most: this.mostOf(actor) };
  }

  /**
   * In force from the next hand-over on.
   * @param cap null: as the installation has it.
   * @throws DomainError `frequency-cap.above` for more than the installation allows.
   */
  async set(actor: VendorActor | PartnerActor, cap: number | null): Promise<OwnFrequencyCap> {
    const most = this.mostOf(actor);
    if (cap !== null && cap > most)
      throw new DomainError(
        'frequency-cap.above',
        `This installation lets nobody be written to more than ${most} times in seven days. Write ${most} or less.`,
        { field: 'cap', most },
      );
    const id = idOf(actor);
    await this.database.inTransaction(actor, async () => {
      if (cap === null) await this.database.query('DELETE FROM contacts.frequency_cap WHERE owner_id = $1', [id]);
      else
        await this.database.query(
          `INSERT INTO contacts.frequency_cap (owner_id, cap, set_by, set_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (owner_id) DO UPDATE SET cap = $2, set_by = $3, set_at = $4`,
          [id, cap, actor.name, this.clock.now()],
        );
      await this.audit.record(actor, {
        action: 'frequency-cap.set',
        subject: { kind: actor.kind, id },
        details: { cap },
      });
    });
    return { own: cap, most };
  }

  /** What holds for mail of a partner for a vendor: the lower of each one's own and the installation's. */
  async inForce(actor: Actor, vendorId: VendorId, partnerId: PartnerId): Promise<CapsInForce> {
    const own = await this.database.inTransaction(actor, () => this.own([vendorId, partnerId]));
    const { FREQUENCY_CAP, PARTNER_FREQUENCY_CAP } = this.config;
    return {
      ofVendor: Math.min(own.get(vendorId) ?? FREQUENCY_CAP, FREQUENCY_CAP),
      ofPartner: Math.min(own.get(partnerId) ?? PARTNER_FREQUENCY_CAP, PARTNER_FREQUENCY_CAP),
    };
  }

  private async own(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.query<{ id: string; cap: number }>(
      'SELECT owner_id AS id, cap FROM contacts.frequency_cap WHERE owner_id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, cap }) => [id, cap]));
  }

  private mostOf({ kind }: VendorActor | PartnerActor): number {
    return kind === 'vendor' ? this.config.FREQUENCY_CAP : this.config.PARTNER_FREQUENCY_CAP;
  }
}

const idOf = (actor: VendorActor | PartnerActor): VendorId | PartnerId =>
  actor.kind === 'vendor' ? actor.vendorId : actor.partnerId;
