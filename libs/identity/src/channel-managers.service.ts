import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type Actor,
  DomainError,
  type OrganisationId,
  type PartnerActor,
  type PartnerGroupId,
  type PartnerId,
  systemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { type Assignee, ManagedPartners, PartnerGroups } from '#organisations';

/** A person of a vendor who looks after partners. */
export interface ChannelManager {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
}

/** Partners that an owner gives to a channel manager. */
export type ManagedSelection =
  | { readonly partnerIds: readonly PartnerId[] }
  /** Those who belong to the group now. */
  | { readonly groupId: PartnerGroupId }
  /** All of another channel manager. */
  | { readonly fromManagerId: UserId };

/**
 * Channel managers and the partners they look after. What they may see of a
 * vendor's partners is decided by row-level security (`database.manager_scope`).
 */
@Injectable()
export class ChannelManagers {
  constructor(
    private readonly database: Database,
    private readonly managed: ManagedPartners,
    private readonly groups: PartnerGroups,
  ) {}

  /** By name, with the number of partners that the actor sees. */
  async list(actor: VendorActor): Promise<readonly (ChannelManager & { readonly partnerCount: number })[]> {
    const counts = await this.managed.counts(actor);
    const people = await this.database.inTransaction(actor, () => this.people(actor.vendorId));
    return people.map((person) => ({ ...person, partnerCount: counts.get(person.id) ?? 0 }));
  }

  /**
   * @param managerId null: the partners have no channel manager from then on.
   * @returns how many partners have changed.
   * @throws DomainError `channel-manager.not-found`, `partner.not-found`,
   *   `partner-group.not-found`.
   */
  async assign(actor: VendorActor, selection: ManagedSelection, managerId: UserId | null): Promise<number> {
    const partnerIds = await this.selected(actor, selection);
    return this.database.inTransaction(actor, async () =>
      this.managed.assign(actor, partnerIds, await this.assignee(actor.vendorId, managerId)),
    );
  }

  /** Whom a partner writes to at each of its vendors. */
  async ofPartner({ partnerId }: PartnerActor, vendorId: VendorId): Promise<ChannelManager | null> {
    return this.database.inTransaction(systemActor('channel-managers', { partnerId, vendorId }), async () => {
      const managerId = (await this.managed.managersOf(vendorId, [partnerId])).get(partnerId);
      return (await this.people(vendorId)).find(({ id }) => id === managerId) ?? null;
    });
  }

  /**
   * Before a person leaves a team or gets another role: decides what becomes of
   * their partners. Joins the open transaction. Who leaves by themselves is not
   * held back: their partners have no channel manager from then on, which the
   * trigger `identity.release_partners` does.
   * @param successor null: nobody; absent: not decided.
   * @throws DomainError `team.has-partners` if it is not decided and there are
   *   some; `channel-manager.not-found`.
   */
  async handOver(
    actor: Actor,
    organisationId: OrganisationId,
    leaving: UserId,
    successor: UserId | null | undefined,
  ): Promise<void> {
    const partnerIds = await this.managed.ofManager(organisationId, leaving);
    if (partnerIds.length === 0) return;
    const isOwnChoice = actor.kind === 'vendor' && actor.userId === leaving;
    if (actor.kind !== 'vendor' || isOwnChoice)
      return this.managed.record(actor, organisationId, partnerIds, { id: null, name: null });
    if (successor === undefined)
      throw new DomainError(
        'team.has-partners',
        `This person looks after ${partnerIds.length} partners. Say in "partnersTo" who does so from now on: another channel manager, or nobody.`,
        { field: 'partnersTo', count: partnerIds.length },
        { kind: 'conflict' },
      );
    await this.managed.assign(actor, partnerIds, await this.assignee(actor.vendorId, successor, leaving));
  }

  private async selected(actor: VendorActor, selection: ManagedSelection): Promise<readonly PartnerId[]> {
    if ('partnerIds' in selection) return selection.partnerIds;
    if ('groupId' in selection) {
      const { groupId } = selection;
      const groups = await this.groups.ofIds(actor, [groupId]);
      return (await this.groups.membersByGroup(actor, groups)).get(groupId) ?? [];
    }
    const { fromManagerId } = selection;
    return this.database.inTransaction(actor, () => this.managed.ofManager(actor.vendorId, fromManagerId));
  }

  /** @param not who is no possible answer. */
  private async assignee(vendorId: VendorId, id: UserId | null, not?: UserId): Promise<Assignee> {
    if (id === null) return { id, name: null };
    const person = (await this.people(vendorId)).find((one) => one.id === id && one.id !== not);
    if (person !== undefined) return person;
    throw new DomainError(
      'channel-manager.not-found',
      'No other person of your team with the role channel manager has this ID. Give the person that role first.',
      { field: 'managerId' },
      { kind: 'not-found' },
    );
  }

  private people(vendorId: VendorId): Promise<ChannelManager[]> {
    return this.database.query<ChannelManager>(
      `SELECT u.id, u.name, u.email FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id
       WHERE a.organisation_id = $1 AND a.role = 'channel-manager' ORDER BY lower(u.name), u.id`,
      [vendorId],
    );
  }
}
