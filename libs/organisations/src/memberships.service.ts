import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unlessTaken, unnestRows } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  type MembershipId,
  newId,
  notFound,
  type PartnerActor,
  type PartnerId,
  type ProgrammeId,
  type SystemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { Membership, MembershipStatus } from './membership.js';
import { distinctTraits } from './partner-group.js';
import { MembershipTiers } from './membership-tiers.service.js';

/** The columns of a membership, of `JOINED`. */
export const MEMBERSHIP = `m.id, m.programme_id, m.vendor_id, m.partner_id, o.name AS partner_name,
  o.country_code, m.tier, m.region, m.status, m.external_id, m.manager_id,
  m.brings_partners, m.brought_tier, m.brought_region,
  (SELECT d.partner_id FROM organisations.membership d WHERE d.id = m.parent_id) AS distributor_id, m.invited_at, m.joined_at,
  m.end_by, m.end_by_name, m.end_announced_at, m.ends_at, m.campaigns_end_at, m.ended_reason,
  m.return_offered_at`;
export const MEMBERSHIP_SOURCE = 'organisations.membership m JOIN organisations.organisation o ON o.id = m.partner_id';

export interface MembershipFilter {
  readonly query?: string | undefined;
  readonly status?: MembershipStatus | undefined;
  /** Only those of this channel manager; null: only those without one. */
  readonly managerId?: UserId | null | undefined;
  readonly limit: number;
  readonly afterId: string | null;
  /** Only those among these partners, or only those not among them. */
  readonly among?: { readonly partnerIds: readonly PartnerId[]; readonly is: boolean } | undefined;
}

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

/** What a vendor changes of a partner; what is absent stays. */
interface MembershipChange {
  readonly tier?: string | undefined;
  readonly region?: string | undefined;
  /** Null takes it away. */
  readonly externalId?: string | null | undefined;
}

/** How far a vendor's partners have come, in partners. */
export interface ProgressCounts {
  readonly invited: number;
  /** In the programme, and nothing launched. */
  readonly accepted: number;
  readonly launched: number;
  readonly ended: number;
}

/** The name of the lock between the end of a partnership and what it must find. */
export const endOf = (partnerId: PartnerId, vendorId: VendorId): string =>
  `end of partnership ${vendorId} ${partnerId}`;

/** Partners in programmes. */
@Injectable()
export class Memberships {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly tiers: MembershipTiers,
  ) {}

  /**
   * A vendor's partners, or a partner's memberships, by the actor's scope, in
   * id order.
   */
  async list(actor: Actor, filter: MembershipFilter): Promise<Membership[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE}
         WHERE ($1::uuid IS NULL OR m.id > $1) AND ($2::text IS NULL OR o.name ILIKE '%' || $2 || '%') AND ($3::text IS NULL OR m.status = $3)
           AND ($5::boolean IS NULL OR (m.partner_id = ANY ($6::uuid[])) = $5)
           AND ($7 OR m.manager_id IS NOT DISTINCT FROM $8::uuid)
         ORDER BY m.id LIMIT $4`,
        [
          filter.afterId,
          filter.query?.replace(/[\\%_]/g, '\\$&') ?? null,
          filter.status ?? null,
          filter.limit,
          filter.among?.is ?? null,
          filter.among?.partnerIds ?? [],
          filter.managerId === undefined,
          filter.managerId ?? null,
        ],
      ),
    );
  }

  /** Every membership of the vendor's partners, in id order, without invitations that were withdrawn. */
  async allOfVendor(actor: VendorActor): Promise<Membership[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE}
         WHERE m.vendor_id = $1 AND (m.status <> 'ended' OR m.joined_at IS NOT NULL) ORDER BY m.id`,
        [actor.vendorId],
      ),
    );
  }

  /**
   * Ids of the active partners in the vendor's programme, in no order, for
   * totals.
   * @param joinedBefore only those that joined by then; absent: all.
   */
  async activePartners(
    actor: VendorActor | (SystemActor & { readonly vendorId: VendorId }),
    joinedBefore: Date | null = null,
  ): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: PartnerId }>(
        `SELECT DISTINCT partner_id AS id FROM organisations.membership WHERE vendor_id = $1 AND status = 'active'
           AND ($2::timestamptz IS NULL OR joined_at <= $2)`,
        [actor.vendorId, joinedBefore],
      ),
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Tiers and regions of the vendor's partners, each once.
   * Those of partners that have left are not among them.
   */
  async traits(actor: VendorActor): Promise<{ readonly tiers: string[]; readonly regions: string[] }> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ tier: string; region: string }>(
        `SELECT tier, region FROM organisations.membership WHERE status <> 'ended' ORDER BY id`,
      ),
    );
    return {
      tiers: distinctTraits(rows.map(({ tier }) => tier)),
      regions: distinctTraits(rows.map(({ region }) => region)),
    };
  }

  /** @param launched the partners that have launched something. */
  async progress(actor: VendorActor, launched: readonly PartnerId[]): Promise<ProgressCounts> {
    const [counts] = await this.database.inTransaction(actor, () =>
      this.database.query<ProgressCounts>(
        `SELECT count(*) FILTER (WHERE status = 'invited')::int AS invited,
           count(*) FILTER (WHERE status = 'active' AND partner_id <> ALL ($1::uuid[]))::int AS accepted,
           count(*) FILTER (WHERE status = 'active' AND partner_id = ANY ($1::uuid[]))::int AS launched,
           count(*) FILTER (WHERE status = 'ended')::int AS ended
         FROM organisations.membership`,
        [launched],
      ),
    );
    return counts ?? { invited: 0, accepted: 0, launched: 0, ended: 0 };
  }

  /**
   * @throws DomainError `partner.not-found` also for a partner of other
   *   vendors.
   */
  async ofPartner(actor: Actor, partnerId: PartnerId): Promise<Membership> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE} WHERE m.partner_id = $1 ORDER BY m.id LIMIT 1`,
        [partnerId],
      ),
    );
    if (found === undefined) throw notFound('partner', partnerId);
    return found;
  }

  /** Every membership of one partner: it may work with several vendors. */
  async allOfPartner(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<Membership[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE} WHERE m.partner_id = $1 ORDER BY m.id`,
        [partnerId],
      ),
    );
  }

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
   * Locks the partner's memberships that the open transaction sees, until it
   * ends.
   */
  async lockOf(partnerId: PartnerId): Promise<void> {
    await this.database.query('SELECT 1 FROM organisations.membership WHERE partner_id = $1 ORDER BY id FOR UPDATE', [
      partnerId,
    ]);
  }

  /**
   * The membership of a partner that has not accepted yet, locked in the open
   * transaction.
   * @throws DomainError `partner.not-found`, `invitation.not-pending`.
   */
  async lockInvited(actor: VendorActor, partnerId: PartnerId): Promise<Membership> {
    await this.lockOf(partnerId);
    const member = await this.ofPartner(actor, partnerId);
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

  /**
   * Lets no membership of the two end until the open transaction ends. What it
   * has stored by then, the end finds. A partner cannot lock the row, which is
   * the vendor's to change.
   */
  async postponeEnd(partnerId: PartnerId, vendorId: VendorId): Promise<void> {
    await this.database.lockShared(endOf(partnerId, vendorId));
  }

  /** Whether rules decide the tiers of the vendor's active partners. */
  haveTiersByRule(actor: VendorActor): Promise<boolean> {
    return this.tiers.areByRule(actor);
  }

  /**
   * @throws DomainError `partner.not-found`; `membership.tier-by-rule` for the
   *   tier of an active partner if rules decide it; `membership.external-id-taken`
   *   for one that another partner of the vendor has.
   */
  async change(actor: VendorActor, partnerId: PartnerId, change: MembershipChange): Promise<Membership> {
    return this.database.inTransaction(actor, async () => {
      const before = await this.ofPartner(actor, partnerId);
      const isOtherTier = change.tier !== undefined && change.tier !== before.tier;
      if (isOtherTier && before.status === 'active') await this.tiers.requireByHand(actor);
      await this.write(before, change);
      await this.audit.record(actor, {
        action: 'membership.changed',
        subject: { kind: 'membership', id: before.id },
        details: { ...change },
      });
      return this.ofPartner(actor, partnerId);
    });
  }

  private async write({ id }: Membership, { tier, region, externalId }: MembershipChange): Promise<void> {
    await unlessTaken(
      () =>
        this.database.query(
          `UPDATE organisations.membership SET tier = coalesce($2, tier), region = coalesce($3, region),
             external_id = CASE WHEN $5 THEN $4 ELSE external_id END WHERE id = $1`,
          [id, tier ?? null, region ?? null, externalId ?? null, externalId !== undefined],
        ),
      (cause) => externalIdTaken(externalId ?? '', cause),
    );
  }
}

const externalIdTaken = (externalId: string, cause: unknown): DomainError =>
  new DomainError(
    'membership.external-id-taken',
    `Another of your partners has the external ID "${externalId}". Each partner has one of its own.`,
    { field: 'externalId', externalId },
    { kind: 'conflict', cause },
  );
