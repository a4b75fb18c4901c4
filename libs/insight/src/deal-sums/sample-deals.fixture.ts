import { newId, type PartnerActor, type PartnerId, type VendorActor } from '#kernel';
import { PERSON, type TestInsight } from '../insight.fixture.js';
import { dayOf } from '../window.js';

/** Partners of vendors, with a launch each, and their deals. */
export class SampleDeals {
  private readonly activationOf = new Map<PartnerId, string>();

  constructor(private readonly house: TestInsight) {}

  /** Noon of a day, ISO 8601. */
  moveTo(day: string): void {
    this.house.clock.advance(Date.parse(`${day}T12:00:00Z`) - this.house.clock.now().getTime());
  }

  today(): string {
    return dayOf(this.house.clock.now());
  }

  /** A partner that joined long ago. */
  async aPartner(vendor: VendorActor): Promise<PartnerActor> {
    const { owner } = this.house;
    const partnerId = newId<PartnerId>();
    await owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       VALUES ($1, 'partner', $2, $2, 'DE', 'UTC', now())`,
      [partnerId, `partner-${partnerId}`],
    );
    await owner.query(
      `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at)
       VALUES ($1, $1, $2, $3, 'gold', 'emea', 'active', '2026-01-01', '2026-01-01')`,
      [newId(), vendor.vendorId, partnerId],
    );
    const activationId = newId();
    this.activationOf.set(partnerId, activationId);
    await owner.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
         idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
       VALUES ($1, $2, $3, $4, $4, 'active', $5, 'en', 'UTC', now(), '{}', 1, 'key', 'hash', 'Test user', now(), '{}', 'activation', '2060-01-01')`,
      [activationId, partnerId, vendor.vendorId, newId(), activationId],
    );
    return { kind: 'partner', partnerId, ...PERSON };
  }

  /** @returns the id of a won deal in euros. */
  async win({ partnerId }: PartnerActor, minorUnits: number, closedOn: string): Promise<string> {
    const id = newId();
    await this.house.owner.query(
      `INSERT INTO leads.deal (id, partner_id, contact_id, activation_id, stage, amount_minor, currency, closed_on, created_at, updated_at)
       VALUES ($1, $2, $3, $4, 'won', $5, 'EUR', $6, now(), now())`,
      [id, partnerId, newId(), this.activationOf.get(partnerId), minorUnits, closedOn],
    );
    return id;
  }

  /** Shows a deal to the vendor. @returns the id of the share. */
  async show({ vendorId }: VendorActor, { partnerId }: PartnerActor, dealId: string): Promise<string> {
    const id = newId();
    await this.house.owner.query(
      `INSERT INTO leads.deal_share (id, deal_id, partner_id, partner_name, activation_id, vendor_id, name, stage, vendor_sees, shared_by, shared_at)
       VALUES ($1, $2, $3, 'Other', $4, $5, 'Our deal', 'won', true, 'Test user', now())`,
      [id, dealId, partnerId, this.activationOf.get(partnerId), vendorId],
    );
    return id;
  }

  /** Takes back what is shown. */
  async hide(shareId: string): Promise<void> {
    await this.house.owner.query(
      `UPDATE leads.deal_share SET stage = NULL, vendor_sees = false, revoked_at = now() WHERE id = $1`,
      [shareId],
    );
  }
}
