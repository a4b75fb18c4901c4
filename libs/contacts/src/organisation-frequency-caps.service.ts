import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  editVersion,
  type PartnerActor,
  type PartnerId,
  requireCurrent,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Memberships } from '#organisations';
import { type FrequencyRule, INSTALLATION_DAYS, shareOf, VENDOR_CAP_NOTICE_MS } from './frequency-window.js';

/** The maximum number of messages to an address. All rules apply together. */
export interface CapsInForce {
  /**
   * For a partner's campaigns of one vendor: the vendor's own cap, and the
   * partner's share of the installation's.
   */
  readonly ofMembership: readonly FrequencyRule[];
  /** For all campaigns of a partner, over all vendors. */
  readonly ofPartner: readonly FrequencyRule[];
  /**
   * For all campaigns of a vendor, over all partners. The installation's alone:
   * a vendor could set its own so low that one e-mail asks about a person.
   */
  readonly acrossPartners: readonly FrequencyRule[];
}

export interface OrganisationFrequencyCap {
  /** Null if the installation's cap applies. */
  readonly own: FrequencyRule | null;
  /** A change that is not in force yet. A null rule removes the own cap. */
  readonly next: { readonly rule: FrequencyRule | null; readonly from: Date } | null;
  /** The installation's, which holds besides. */
  readonly most: FrequencyRule;
}

/** The version of an organisation's own cap, for editors. */
export const frequencyCapVersion = ({ own, next }: Pick<OrganisationFrequencyCap, 'own' | 'next'>): string =>
  editVersion([own, next]);

interface StoredCap {
  readonly id: string;
  readonly rule: FrequencyRule | null;
  readonly from: Date;
}

/**
 * Caps that an organisation sets for itself, with its own window.
 * They may be stricter than the installation's, never looser.
 * A vendor's applies to each partner separately.
 */
@Injectable()
export class OrganisationFrequencyCaps {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    @Inject(CONFIG) private readonly config: Pick<Config, 'FREQUENCY_CAP' | 'PARTNER_FREQUENCY_CAP'>,
  ) {}

  async get(actor: VendorActor | PartnerActor): Promise<OrganisationFrequencyCap> {
    const id = idOf(actor);
    const now = this.clock.now();
    const stored = await this.database.inTransaction(actor, () => this.stored([id]));
    const next = stored.find(({ from }) => from > now) ?? null;
    return { own: inForceAt(stored, now).get(id) ?? null, next, most: this.installationRule(actor) };
  }

  /**
   * A partner's is in force from the next submission on. A vendor's is in force
   * after `VENDOR_CAP_NOTICE_MS`, and its partners' audit logs name it.
   * @param rule null: the installation's rule.
   * @param basedOn `frequencyCapVersion` of the cap that was edited; null:
   *   replace any.
   * @throws DomainError `frequency-cap.above` if the installation's cap is
   *   stricter; `edit.stale`.
   */
  async set(
    actor: VendorActor | PartnerActor,
    rule: FrequencyRule | null,
    basedOn: string | null = null,
  ): Promise<OrganisationFrequencyCap> {
    if (rule !== null) requireStricter(rule, this.installationRule(actor));
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`frequency cap ${idOf(actor)}`);
      requireCurrent(basedOn, frequencyCapVersion(await this.get(actor)));
      const now = this.clock.now();
      const from = actor.kind === 'vendor' ? new Date(now.getTime() + VENDOR_CAP_NOTICE_MS) : now;
      await this.store(actor, rule, from, now);
      await this.recordChange(actor, rule, from);
    });
    return this.get(actor);
  }

  /**
   * The caps for a partner's mail for a vendor: both organisations' own, and
   * the installation's.
   */
  async inForce(actor: Actor, vendorId: VendorId, partnerId: PartnerId, now: Date): Promise<CapsInForce> {
    const own = inForceAt(await this.database.inTransaction(actor, () => this.stored([vendorId, partnerId])), now);
    const also = (id: string): FrequencyRule[] => {
      const rule = own.get(id) ?? null;
      return rule === null ? [] : [rule];
    };
    const across = this.installationRule({ kind: 'vendor' });
    return {
      ofMembership: [shareOf(across), ...also(vendorId)],
      ofPartner: [this.installationRule({ kind: 'partner' }), ...also(partnerId)],
      acrossPartners: [across],
    };
  }

  /** Keeps the cap that is in force now, and replaces a change to come. */
  private async store(
    actor: VendorActor | PartnerActor,
    rule: FrequencyRule | null,
    from: Date,
    now: Date,
  ): Promise<void> {
    const id = idOf(actor);
    await this.database.query(
      `DELETE FROM contacts.frequency_cap WHERE owner_id = $1 AND (valid_from > $2 OR valid_from < (
         SELECT max(valid_from) FROM contacts.frequency_cap WHERE owner_id = $1 AND valid_from <= $2))`,
      [id, now],
    );
    await this.database.query(
      `INSERT INTO contacts.frequency_cap (owner_id, valid_from, cap, days, set_by, set_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (owner_id, valid_from) DO UPDATE SET cap = $3, days = $4, set_by = $5, set_at = $6`,
      [id, from, rule?.cap ?? null, rule?.days ?? INSTALLATION_DAYS, actor.name, now],
    );
  }

  private async recordChange(actor: VendorActor | PartnerActor, rule: FrequencyRule | null, from: Date): Promise<void> {
    const fact = {
      action: 'frequency-cap.set',
      subject: { kind: actor.kind, id: idOf(actor) },
      details: rule === null ? { cap: null, from } : { cap: rule.cap, days: rule.days, from },
    } as const;
    await this.audit.record(actor, fact);
    if (actor.kind === 'partner') return;
    await this.audit.recordForPartners(actor, fact, await this.memberships.activePartners(actor));
  }

  /** By time. */
  private async stored(ids: readonly string[]): Promise<StoredCap[]> {
    const rows = await this.database.query<{ id: string; cap: number | null; days: number; from: Date }>(
      `SELECT owner_id AS id, cap, days, valid_from AS "from" FROM contacts.frequency_cap
       WHERE owner_id = ANY ($1) ORDER BY valid_from`,
      [ids],
    );
    return rows.map(({ id, cap, days, from }) => ({ id, from, rule: cap === null ? null : { cap, days } }));
  }

  private installationRule({ kind }: Pick<VendorActor | PartnerActor, 'kind'>): FrequencyRule {
    const cap = kind === 'vendor' ? this.config.FREQUENCY_CAP : this.config.PARTNER_FREQUENCY_CAP;
    return { cap, days: INSTALLATION_DAYS };
  }
}

/** The rule of each owner at a moment; the rows are in order of time. */
const inForceAt = (stored: readonly StoredCap[], now: Date): ReadonlyMap<string, FrequencyRule | null> =>
  new Map(stored.filter(({ from }) => from <= now).map(({ id, rule }) => [id, rule]));

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
