import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { AttributeValue } from '#contracts';
import { Database } from '#database';
import {
  DomainError,
  editVersion,
  type PartnerAttributeId,
  type PartnerId,
  type ProgrammeId,
  type VendorActor,
} from '#kernel';
import {
  AttributeValues,
  defaultTimeZone,
  type FieldChange,
  type ImportContext,
  type ImportedPartner,
  Memberships,
  Organisations,
  type PartnerAttribute,
  PartnerAttributes,
  planImport,
  type PlannedRow,
} from '#organisations';
import { PartnerInvitations } from './partner-invitations.service.js';
import { WaitingInvitations } from './waiting-invitations.service.js';

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
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly attributes: PartnerAttributes,
    private readonly values: AttributeValues,
    private readonly invitations: PartnerInvitations,
    private readonly waiting: WaitingInvitations,
  ) {}

  /** What the rows would do. Stores nothing. */
  async preview(actor: VendorActor, rows: readonly ImportedPartner[]): Promise<PlannedImport> {
    return this.database.inTransaction(actor, async () => this.plan(actor, rows, await this.context(actor)));
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
      const context = await this.context(actor);
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
    const { id: programmeId } = await this.organisations.programmeOf(actor);
    const changed = planned.filter(is('changed'));
    for (const { partnerId, changes } of changed) {
      const ofMembership = Object.fromEntries(
        changes.flatMap(({ field, after }) => (field === 'attribute' ? [] : [[field, after]])),
      );
      if (Object.keys(ofMembership).length > 0) await this.memberships.change(actor, partnerId, ofMembership);
    }
    const newcomers = await this.create(actor, programmeId, planned.filter(is('new')));
    const languages = new Map(rows.map(({ line, language }) => [line, language]));
    await this.waiting.add(
      actor,
      newcomers.map(({ partnerId, row }) => ({
        partnerId,
        email: row.partner.email,
        locale: languages.get(row.line) ?? null,
      })),
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

  /** In a few statements: one partner after the other took 30 s for 5,000. */
  private async create(
    actor: VendorActor,
    programmeId: ProgrammeId,
    rows: readonly Outcome<'new'>[],
  ): Promise<{ readonly partnerId: PartnerId; readonly row: Outcome<'new'> }[]> {
    if (rows.length === 0) return [];
    const partnerIds = await this.organisations.createPartners(
      actor,
      rows.map(({ partner: { organisationName: name, countryCode } }) => ({
        name,
        countryCode,
        timeZone: defaultTimeZone(countryCode),
      })),
    );
    const newcomers = rows.flatMap((row, at) => {
      const partnerId = partnerIds[at];
      return partnerId === undefined ? [] : [{ partnerId, row }];
    });
    await this.memberships.inviteAll(
      actor,
      programmeId,
      newcomers.map(({ partnerId, row: { partner } }) => ({
        partnerId,
        tier: partner.tier,
        region: partner.region,
        externalId: partner.externalId ?? null,
      })),
    );
    return newcomers;
  }

  /** Joins the open transaction. */
  private async context(actor: VendorActor): Promise<ImportContext> {
    const members = await this.memberships.allOfVendor(actor);
    const attributes = new Map((await this.attributes.list(actor)).map((one) => [one.id, one]));
    const values = new Map<PartnerId, Map<PartnerAttributeId, AttributeValue>>();
    const stored = await this.values.ofPartners(
      actor,
      actor.vendorId,
      members.map(({ partnerId }) => partnerId),
    );
    for (const { partnerId, attributeId, value } of stored)
      values.set(
        partnerId,
        (values.get(partnerId) ?? new Map<PartnerAttributeId, AttributeValue>()).set(attributeId, value),
      );
    return {
      partners: members.map((member) => ({
        partnerId: member.partnerId,
        name: member.partnerName,
        tier: member.tier,
        region: member.region,
        externalId: member.externalId,
        status: member.status,
        values: values.get(member.partnerId) ?? new Map(),
      })),
      byEmail: await this.invitations.invitedAddresses(actor),
      attributes,
      hasTiersByRule: await this.memberships.haveTiersByRule(actor),
    };
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
