import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { DomainError, editVersion, type PartnerAttributeId, type PartnerId, type VendorActor } from '#kernel';
import {
  AttributeValues,
  type FieldChange,
  type ImportContext,
  type ImportedPartner,
  Memberships,
  type PartnerAttribute,
  planImport,
  type PlannedRow,
} from '#organisations';
import { ImportedPartners } from './imported-partners.service.js';
import { KnownPartners } from './known-partners.service.js';
import { PartnerInvitations } from './partner-invitations.service.js';

/** What an import does, or did. */
export interface PlannedImport {
  readonly rows: readonly PlannedRow[];
  /** The same for the same rows while nothing else changes. */
  readonly version: string;
}

type Outcome<Kind extends PlannedRow['outcome']> = Extract<PlannedRow, { outcome: Kind }>;

const is =
  <Kind extends PlannedRow['outcome']>(kind: Kind) =>
  (row: PlannedRow): row is Outcome<Kind> =>
    row.outcome === kind;

/**
 * Adds and changes partners of a vendor from a list. The same list twice changes
 * nothing the second time, and invites each partner once.
 */
@Injectable()
export class PartnerImports {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly memberships: Memberships,
    private readonly known: KnownPartners,
    private readonly values: AttributeValues,
    private readonly invitations: PartnerInvitations,
    private readonly imported: ImportedPartners,
  ) {}

  /** What the rows would do. Stores nothing. */
  async preview(actor: VendorActor, rows: readonly ImportedPartner[]): Promise<PlannedImport> {
    return this.database.inTransaction(actor, async () => this.plan(actor, rows, await this.known.of(actor)));
  }

  /**
   * Does what the rows ask for, in one transaction. Refused rows are left out.
   * @param basedOn `version` of the preview that a person saw; null: whatever it
   *   would be now.
   * @throws DomainError `partner-import.stale` if it would do something else.
   */
  async apply(actor: VendorActor, rows: readonly ImportedPartner[], basedOn: string | null): Promise<PlannedImport> {
    return this.database.inTransaction(actor, async () => {
      await this.invitations.lockInvitations(actor);
      const context = await this.known.of(actor);
      const plan = this.plan(actor, rows, context);
      if (basedOn !== null && basedOn !== plan.version)
        throw new DomainError(
          'partner-import.stale',
          'Your partners were changed after this preview, so the import would do something else now. Nothing was stored. Look at the new preview, and import again.',
          { version: plan.version },
          { kind: 'stale' },
        );
      await this.write(actor, rows, plan, context.attributes);
      return plan;
    });
  }

  private plan(actor: VendorActor, rows: readonly ImportedPartner[], context: ImportContext): PlannedImport {
    const planned = planImport(rows, context);
    return { rows: planned, version: editVersion([actor.vendorId, planned]) };
  }

  private async write(
    actor: VendorActor,
    rows: readonly ImportedPartner[],
    { rows: planned }: PlannedImport,
    attributes: ReadonlyMap<PartnerAttributeId, PartnerAttribute>,
  ): Promise<void> {
    const changed = planned.filter(is('changed'));
    for (const { partnerId, changes } of changed) {
      const ofMembership = Object.fromEntries(
        changes.flatMap(({ field, after }) => (field === 'attribute' ? [] : [[field, after]])),
      );
      if (Object.keys(ofMembership).length > 0) await this.memberships.change(actor, partnerId, ofMembership);
    }
    const newcomers = await this.imported.create(
      actor,
      planned.filter(is('new')),
      new Map(rows.map(({ line, language }) => [line, language])),
    );
    const valued = [...changed, ...newcomers.map(({ partnerId, row }) => ({ partnerId, changes: row.changes }))];
    await this.values.write(
      valued.flatMap(({ partnerId, changes }) =>
        changes.flatMap((change) => checkedChange(partnerId, change, attributes)),
      ),
      actor.name,
    );
    await this.audit.record(actor, {
      action: 'partners.imported',
      subject: { kind: 'organisation', id: actor.vendorId },
      details: {
        rows: planned.length,
        added: newcomers.length,
        changed: changed.length,
        refused: planned.filter(is('refused')).length,
      },
    });
  }
}

function checkedChange(
  partnerId: PartnerId,
  { attributeId, after }: FieldChange,
  attributes: ReadonlyMap<PartnerAttributeId, PartnerAttribute>,
) {
  const attribute = attributeId === null ? undefined : attributes.get(attributeId);
  return attribute === undefined ? [] : [{ attribute, partnerId, value: after }];
}
