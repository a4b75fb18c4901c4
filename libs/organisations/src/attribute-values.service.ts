import { Injectable } from '@nestjs/common';
import type { AttributeValue } from '#contracts';
import { AuditLog } from '#audit';
import { Database, unnestRows } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  notFound,
  type PartnerActor,
  type PartnerAttributeId,
  type PartnerId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import {
  columnsOf,
  type PartnerAttribute,
  type PartnerValue,
  requireFittingValue,
  type ValueColumns,
  valueOfColumns,
} from './partner-attribute.js';
import { PartnerAttributes } from './partner-attributes.service.js';
import { recordForBoth } from './record-for-both.js';

/** New values by attribute; null takes one away. */
type ValueChanges = Readonly<Record<PartnerAttributeId, AttributeValue | null>>;

/** A checked change of one value. */
interface CheckedChange {
  readonly attribute: PartnerAttribute;
  readonly partnerId: PartnerId;
  readonly value: AttributeValue | null;
}

/** The values of attributes that a vendor and its partners keep. */
@Injectable()
export class AttributeValues {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly attributes: PartnerAttributes,
  ) {}

  /**
   * Values of some partners that the actor's scope shows.
   * @param vendorId of the attributes.
   */
  async ofPartners(actor: Actor, vendorId: VendorId, partnerIds: readonly PartnerId[]): Promise<PartnerValue[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Omit<PartnerValue, 'value'> & ValueColumns & Pick<PartnerAttribute, 'kind'>>(
        `SELECT v.attribute_id, v.partner_id, v.words, v.number, v.day::text AS day, v.is_so, v.changed_by, v.changed_at, a.kind
         FROM organisations.attribute_value v JOIN organisations.partner_attribute a ON a.id = v.attribute_id
         WHERE v.vendor_id = $1 AND v.partner_id = ANY ($2)`,
        [vendorId, partnerIds],
      ),
    );
    return rows.map(({ attributeId, partnerId, changedBy, changedAt, kind, ...columns }) => ({
      attributeId,
      partnerId,
      value: valueOfColumns(kind, columns),
      changedBy,
      changedAt,
    }));
  }

  /**
   * Changes values of one partner that the vendor keeps.
   * @throws DomainError `partner-attribute.not-found`, `.value-invalid`;
   *   `.kept-by-partner` for one that the partner keeps.
   */
  async change(actor: VendorActor, partnerId: PartnerId, changes: ValueChanges): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const checked = await this.check(actor, actor.vendorId, partnerId, changes);
      const kept = checked.find(({ attribute }) => attribute.owner === 'partner');
      if (kept !== undefined)
        throw new DomainError(
          'partner-attribute.kept-by-partner',
          `The partner keeps "${kept.attribute.name}" itself. Ask it to change the value.`,
          { field: `values.${kept.attribute.id}`, name: kept.attribute.name },
          { kind: 'forbidden' },
        );
      await this.write(checked, actor.name);
      await this.audit.record(actor, {
        action: 'partner-attributes.changed',
        subject: { kind: 'partner', id: partnerId },
        details: { attributes: checked.map(({ attribute }) => attribute.name) },
      });
    });
  }

  /**
   * Changes values that the partner keeps itself for a vendor.
   * @throws DomainError as `change`, with `.kept-by-vendor`.
   */
  async changeOwn(actor: PartnerActor, vendorId: VendorId, changes: ValueChanges): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const checked = await this.check(actor, vendorId, actor.partnerId, changes);
      const kept = checked.find(({ attribute }) => attribute.owner === 'vendor');
      if (kept !== undefined)
        throw new DomainError(
          'partner-attribute.kept-by-vendor',
          `The vendor keeps "${kept.attribute.name}". Ask it to change the value.`,
          { field: `values.${kept.attribute.id}`, name: kept.attribute.name },
          { kind: 'forbidden' },
        );
      await this.write(checked, actor.name);
      await recordForBoth(this.audit, actor, vendorId, {
        action: 'partner-attributes.changed',
        details: { attributes: checked.map(({ attribute }) => attribute.name) },
      });
    });
  }

  /**
   * Writes checked values of any number of partners, in the open transaction.
   * @param by the person or key that changes them.
   */
  async write(changes: readonly CheckedChange[], by: string): Promise<void> {
    const gone = unnestRows(
      changes.filter(({ value }) => value === null),
      { attributeId: ['uuid', ({ attribute }) => attribute.id], partnerId: 'uuid' },
    );
    await this.database.query(
      `DELETE FROM organisations.attribute_value v USING ${gone.from}
       WHERE v.attribute_id = given.attribute_id AND v.partner_id = given.partner_id`,
      gone.parameters,
    );
    const rows = changes.flatMap(({ attribute, partnerId, value }) =>
      value === null
        ? []
        : [{ attributeId: attribute.id, vendorId: attribute.vendorId, partnerId, ...columnsOf(attribute, value) }],
    );
    const given = unnestRows(
      rows,
      {
        attributeId: 'uuid',
        vendorId: 'uuid',
        partnerId: 'uuid',
        words: ['jsonb', ({ words }) => words],
        number: 'float8',
        day: 'date',
        isSo: 'boolean',
      },
      [by, this.clock.now()],
    );
    await this.database.query(
      `INSERT INTO organisations.attribute_value (attribute_id, vendor_id, partner_id, words, number, day, is_so, changed_by, changed_at)
       SELECT attribute_id, vendor_id, partner_id,
         CASE WHEN words IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(words)) END, number, day, is_so, $1, $2
       FROM ${given.from}
       ON CONFLICT (attribute_id, partner_id) DO UPDATE
         SET (words, number, day, is_so, changed_by, changed_at) = (excluded.words, excluded.number, excluded.day, excluded.is_so, $1, $2)`,
      given.parameters,
    );
  }

  private async check(
    actor: VendorActor | PartnerActor,
    vendorId: VendorId,
    partnerId: PartnerId,
    changes: ValueChanges,
  ): Promise<CheckedChange[]> {
    await this.requireMember(vendorId, partnerId);
    const own = (await this.attributes.list(actor)).filter((attribute) => attribute.vendorId === vendorId);
    const known = new Map(own.map((attribute) => [attribute.id, attribute]));
    return (Object.entries(changes) as [PartnerAttributeId, AttributeValue | null][]).map(([id, value]) => {
      const attribute = known.get(id);
      if (attribute === undefined) throw notFound('partner-attribute', id);
      if (value !== null) requireFittingValue(attribute, value);
      return { attribute, partnerId, value };
    });
  }

  /** @throws DomainError `partner.not-found`, also for a partner that has left. */
  private async requireMember(vendorId: VendorId, partnerId: PartnerId): Promise<void> {
    const [member] = await this.database.query(
      `SELECT 1 FROM organisations.membership WHERE vendor_id = $1 AND partner_id = $2 AND status <> 'ended' LIMIT 1`,
      [vendorId, partnerId],
    );
    if (member === undefined) throw notFound('partner', partnerId);
  }
}
