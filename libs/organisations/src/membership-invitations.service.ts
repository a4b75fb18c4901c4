import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unlessTaken, unnestRows } from '#database';
import {
  Clock,
  DomainError,
  type MembershipId,
  newId,
  type PartnerActor,
  type PartnerId,
  type ProgrammeId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { externalIdTaken } from './external-id-taken.js';
import type { Membership } from './membership.js';
import { Memberships } from './memberships.service.js';

/** A request that may come twice: its key, and a hash of what it asks for. */
export interface IdempotencyKey {
  readonly key: string;
  readonly hash: string;
}

interface NewMembership {
  readonly programmeId: ProgrammeId;
  readonly partnerId: PartnerId;
  readonly tier: string;
  readonly region: string;
  /** The vendor's own number of the partner. */
  readonly externalId?: string | null;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** Invitations of partners to a programme, until they are accepted or withdrawn. */
@Injectable()
export class MembershipInvitations {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
  ) {}

  /**
   * The partner that a request with this key created; null if none.
   * Joins the open transaction.
   * @throws DomainError `invitation.key-reused` for another request.
   */
  async invitedPartner(actor: VendorActor, { key, hash }: IdempotencyKey): Promise<PartnerId | null> {
    const [known] = await this.database.query<{ partnerId: PartnerId; hash: string }>(
      `SELECT partner_id, request_hash AS hash FROM organisations.membership WHERE vendor_id = $1 AND idempotency_key = $2`,
      [actor.vendorId, key],
    );
    if (known === undefined || known.hash === hash) return known?.partnerId ?? null;
    throw new DomainError(
      'invitation.key-reused',
      'This Idempotency-Key was used for another invitation. Use a new one.',
      { field: 'Idempotency-Key' },
      { kind: 'conflict' },
    );
  }

  /** @throws DomainError `membership.external-id-taken` for one that another partner of the vendor has. */
  async invite(actor: VendorActor | SystemActor, input: NewMembership): Promise<MembershipId> {
    return this.database.inTransaction(actor, async () => {
      const id = newId<MembershipId>();
      const externalId = input.externalId ?? null;
      const insert = (): Promise<unknown> =>
        this.database.query(
          `INSERT INTO organisations.membership (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, external_id, idempotency_key, request_hash)
           SELECT $1, p.id, p.vendor_id, $3, $4, $5, 'invited', $6, $7, $8, $9 FROM organisations.programme p WHERE p.id = $2`,
          [
            id,
            input.programmeId,
            input.partnerId,
            input.tier,
            input.region,
            this.clock.now(),
            externalId,
            input.idempotency?.key ?? null,
            input.idempotency?.hash ?? null,
          ],
        );
      await (externalId === null ? insert() : unlessTaken(insert, (cause) => externalIdTaken(externalId, cause)));
      await this.audit.record(actor, {
        action: 'membership.invited',
        subject: { kind: 'membership', id },
        details: {
          partnerId: input.partnerId,
          tier: input.tier,
          region: input.region,
          ...(externalId !== null && { externalId }),
        },
      });
      return id;
    });
  }

  /**
   * Invites many new partners of one programme in a few statements. Joins the
   * open transaction.
   * @throws DomainError `membership.external-id-taken`.
   */
  async inviteAll(
    actor: VendorActor,
    programmeId: ProgrammeId,
    members: readonly Required<Pick<NewMembership, 'partnerId' | 'tier' | 'region' | 'externalId'>>[],
  ): Promise<void> {
    const invited = members.map((member) => ({ id: newId<MembershipId>(), ...member }));
    const rows = unnestRows(
      invited,
      { id: 'uuid', partnerId: 'uuid', tier: 'text', region: 'text', externalId: 'text' },
      [programmeId, this.clock.now()],
    );
    await unlessTaken(
      () =>
        this.database.query(
          `INSERT INTO organisations.membership (programme_id, vendor_id, status, invited_at, id, partner_id, tier, region, external_id)
           SELECT p.id, p.vendor_id, 'invited', $2::timestamptz, given.*
           FROM organisations.programme p CROSS JOIN ${rows.from} WHERE p.id = $1`,
          rows.parameters,
        ),
      (cause) => externalIdTaken('', cause),
    );
    await this.audit.recordAll(
      actor,
      invited.map(({ id, partnerId, tier, region, externalId }) => ({
        action: 'membership.invited',
        subject: { kind: 'membership', id },
        details: { partnerId, tier, region, ...(externalId !== null && { externalId }) },
      })),
    );
  }

  /**
   * The membership of a partner that has not accepted yet, locked in the open
   * transaction.
   * @throws DomainError `partner.not-found`, `invitation.not-pending`.
   */
  async lockInvited(actor: VendorActor, partnerId: PartnerId): Promise<Membership> {
    await this.memberships.lockOf(partnerId);
    const member = await this.memberships.ofPartner(actor, partnerId);
    if (member.status !== 'invited')
      throw new DomainError(
        'invitation.not-pending',
        member.status === 'active'
          ? 'This partner has accepted already: there is no invitation to change.'
          : member.joinedAt === null
            ? 'This partner is not in your programme any more. Invite it anew.'
            : 'The partnership with this partner has ended. Reinstate the partner instead.',
        {},
        { kind: 'conflict' },
      );
    return member;
  }

  /**
   * Ends a membership that was not accepted. Its external id is free for the
   * next invitation. Joins the open transaction.
   * @throws DomainError as `lockInvited`.
   */
  async withdraw(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    const { id } = await this.lockInvited(actor, partnerId);
    await this.database.query(
      `UPDATE organisations.membership SET status = 'ended', external_id = NULL WHERE id = $1`,
      [id],
    );
    await this.audit.record(actor, {
      action: 'membership.withdrawn',
      subject: { kind: 'membership', id },
      details: { partnerId },
    });
  }

  /**
   * Activates the partner's invited memberships, when its first user accepts.
   * Idempotent.
   */
  async join(actor: SystemActor, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const joined = await this.database.query<{ id: string }>(
        `UPDATE organisations.membership SET status = 'active', joined_at = $2 WHERE partner_id = $1 AND status = 'invited' RETURNING id`,
        [partnerId, this.clock.now()],
      );
      for (const { id } of joined)
        await this.audit.record(actor, { action: 'membership.joined', subject: { kind: 'membership', id }, partnerId });
    });
  }

  /**
   * Gives an open invitation of a vendor to a company that exists already: the
   * membership becomes the company's, and active, with the values of the
   * vendor's attributes. Groups that name the invited partner name the company
   * from then on. Joins the open transaction.
   * @throws DomainError `invitation.gone` if the membership is not open any more.
   */
  async joinAs(actor: SystemActor, vendorId: VendorId, invitedId: PartnerId, company: PartnerActor): Promise<void> {
    const { partnerId } = company;
    const [joined] = await this.database.query<{ id: MembershipId }>(
      `UPDATE organisations.membership SET partner_id = $3, status = 'active', joined_at = $4
       WHERE vendor_id = $1 AND partner_id = $2 AND status = 'invited' RETURNING id`,
      [vendorId, invitedId, partnerId, this.clock.now()],
    );
    if (joined === undefined)
      throw new DomainError('invitation.gone', 'This invitation was withdrawn just now.', {}, { kind: 'gone' });
    await this.database.query(
      'UPDATE organisations.attribute_value SET partner_id = $3 WHERE vendor_id = $1 AND partner_id = $2',
      [vendorId, invitedId, partnerId],
    );
    await this.database.query(
      `UPDATE organisations.partner_group SET rule = replace(rule::text, $2::text, $3::text)::jsonb
       WHERE vendor_id = $1 AND strpos(rule::text, $2::text) > 0`,
      [vendorId, invitedId, partnerId],
    );
    const fact = { action: 'membership.joined', subject: { kind: 'membership', id: joined.id } } as const;
    await this.audit.record(company, { ...fact, details: { vendorId } });
    await this.audit.record({ ...actor, vendorId }, { ...fact, details: { partnerId, invitedAs: invitedId } });
  }
}
