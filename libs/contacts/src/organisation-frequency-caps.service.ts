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
import { type FrequencyRule, INSTALLATION_DAYS } from './frequency-window.js';

/** The maximum number of messages to an address. All rules apply together. */
export interface CapsInForce {
  /** For all campaigns of a vendor, over all partners. */
  readonly ofVendor: readonly FrequencyRule[];
  /** For all campaigns of a partner, over all vendors. */
  readonly ofPartner: readonly FrequencyRule[];
}

export interface OrganisationFrequencyCap {
  /** Null if the installation's cap applies. */
  readonly own: FrequencyRule | null;
  /** The installation's, which holds besides. */
  readonly most: FrequencyRule;
}

/**
 * Caps that an organisation sets for itself, with its own window.
 * They may be stricter than the installation's, never looser.
 */
@Injectable()
export class OrganisationFrequencyCaps {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP' | 'PARTNER_FREQUENCY_CAP'>,
  ) {}

  async get(actor: VendorActor | PartnerActor): Promise<OrganisationFrequencyCap> {
    const id = idOf(actor);
    const stored = await this.database.inTransaction(actor, () => this.own([id]));
    return { own: stored.get(id) ?? null, most: this.installationRule(actor) };
  }

  /**
   * In force from the next submission on.
   * @param rule null: the installation's rule.
   * @throws DomainError `frequency-cap.above` if the installation's cap is
   *   stricter.
   */
  async set(actor: VendorActor | PartnerActor, rule: FrequencyRule | null): Promise<OrganisationFrequencyCap> {
    const most = this.installationRule(actor);
    if (rule !== null) requireStricter(rule, most);
    const id = idOf(actor);
    await this.database.inTransaction(actor, async () => {
      if (rule === null) await this.database.query('DELETE FROM contacts.frequency_cap WHERE owner_id = $1', [id]);
      else
        await this.database.query(
          `INSERT INTO contacts.frequency_cap (owner_id, cap, days, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (owner_id) DO UPDATE SET cap = $2, days = $3, set_by = $4, set_at = $5`,
          [id, rule.cap, rule.days, actor.name, this.clock.now()],
        );
      await this.audit.record(actor, {
        action: 'frequency-cap.set',
        subject: { kind: actor.kind, id },
        details: rule === null ? { cap: null } : { ...rule },
      });
    });
    return { own: rule, most };
  }

  /**
   * The caps for a partner's mail for a vendor: both organisations' own, and
   * the installation's.
   */
  async inForce(actor: Actor, vendorId: VendorId, partnerId: PartnerId): Promise<CapsInForce> {
    const own = await this.database.inTransaction(actor, () => this.own([vendorId, partnerId]));
    const also = (id: string): FrequencyRule[] => [own.get(id)].filter((rule) => rule !== undefined);
    return {
      ofVendor: [this.installationRule({ kind: 'vendor' }), ...also(vendorId)],
      ofPartner: [this.installationRule({ kind: 'partner' }), ...also(partnerId)],
    };
  }

  private async own(ids: readonly string[]): Promise<Map<string, FrequencyRule>> {
    const rows = await this.database.query<FrequencyRule & { id: string }>(
      'SELECT owner_id AS id, cap, days FROM contacts.frequency_cap WHERE owner_id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, ...rule }) => [id, rule]));
  }

  private installationRule({ kind }: Pick<VendorActor | PartnerActor, 'kind'>): FrequencyRule {
    const cap = kind === 'vendor' ? this.config.FREQUENCY_CAP : this.config.PARTNER_FREQUENCY_CAP;
    return { cap, days: INSTALLATION_DAYS };
  }
}

/** A cap that can never take effect is a mistake of the user. */
function requireStricter({ cap, days }: FrequencyRule, most: FrequencyRule): void {
  const anyway = most.cap * Math.ceil(days / most.days);
  if (cap <= anyway) return;
  throw new DomainError(
    'frequency-cap.above',
    `This installation allows ${most.cap} e-mails per contact in ${most.days} days, which is ${anyway} in ${days}. Enter ${anyway} or less.`,
    { field: 'cap', most: most.cap, in: most.days, anyway, days },
  );
}

const idOf = (actor: VendorActor | PartnerActor): VendorId | PartnerId =>
  actor.kind === 'vendor' ? actor.vendorId : actor.partnerId;
