import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unlessTaken } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  editVersion,
  newId,
  notFound,
  type PartnerGroupId,
  type PartnerId,
  type ProgrammeId,
  requireCurrent,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { Membership } from './membership.js';
import { MEMBERSHIP_SOURCE, MEMBERSHIP } from './memberships.service.js';
import { requireUsableConditions } from './partner-attribute.js';
import { PartnerAttributes } from './partner-attributes.service.js';
import type { GroupRule, PartnerGroup } from './partner-group.js';

const GROUP = 'id, vendor_id, programme_id, name, rule, archived_at';

/** The version of a partner group, for editors. */
export const partnerGroupVersion = ({ name, rule }: Pick<PartnerGroup, 'name' | 'rule'>): string =>
  editVersion([name, rule]);

/** A rule of a programme. */
type RuleOf = Pick<PartnerGroup, 'programmeId' | 'rule'>;

/** Whom a rule takes in now. */
interface RulePreview {
  readonly memberCount: number;
  /** The first ones by name. */
  readonly members: readonly { readonly id: PartnerId; readonly name: string }[];
}

/** Enough to see whether a rule means what its author thinks. */
const PREVIEWED = 20;

/** The groups that a vendor's rules make of its partners. */
@Injectable()
export class PartnerGroups {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly attributes: PartnerAttributes,
  ) {}

  async list(actor: Actor): Promise<PartnerGroup[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<PartnerGroup>(`SELECT ${GROUP} FROM organisations.partner_group ORDER BY id`),
    );
  }

  /** @throws DomainError `partner-group.not-found` */
  async get(actor: Actor, id: PartnerGroupId): Promise<PartnerGroup> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<PartnerGroup>(`SELECT ${GROUP} FROM organisations.partner_group WHERE id = $1`, [id]),
    );
    if (found === undefined) throw notFound('partner-group', id);
    return found;
  }

  /**
   * The groups of these ids.
   * @throws DomainError `partner-group.not-found` for the first missing one.
   */
  async ofIds(actor: Actor, ids: readonly PartnerGroupId[]): Promise<PartnerGroup[]> {
    const known = new Map((await this.list(actor)).map((group) => [group.id, group]));
    return [...new Set(ids)].map((id) => {
      const group = known.get(id);
      if (group === undefined) throw notFound('partner-group', id);
      return group;
    });
  }

  /**
   * @throws DomainError `partner-group.name-taken`, `partner.not-found` for a
   *   rule with another vendor's partner, `partner-group.condition-invalid` for
   *   one with an unusable condition.
   */
  async create(
    actor: VendorActor | SystemActor,
    input: { programmeId: ProgrammeId; name: string; rule: GroupRule },
  ): Promise<PartnerGroupId> {
    return this.database.inTransaction(actor, async () => {
      const id = newId<PartnerGroupId>();
      await this.requireUsable(actor, input.rule);
      await this.writeNamed(
        `INSERT INTO organisations.partner_group (id, vendor_id, programme_id, name, rule, created_at)
         SELECT $1, p.vendor_id, p.id, $3, $4, $5 FROM organisations.programme p WHERE p.id = $2`,
        [id, input.programmeId, input.name, JSON.stringify(input.rule), this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'partner-group.created',
        subject: { kind: 'partner-group', id },
        details: { name: input.name },
      });
      return id;
    });
  }

  /**
   * @param basedOn `partnerGroupVersion` of the group that was edited; null:
   *   replace any.
   * @throws DomainError as `create`, `partner-group.not-found`, and
   *   `edit.stale`.
   */
  async change(
    actor: VendorActor,
    id: PartnerGroupId,
    input: { name: string; rule: GroupRule },
    basedOn: string | null = null,
  ): Promise<PartnerGroup> {
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`partner group ${id}`);
      requireCurrent(basedOn, partnerGroupVersion(await this.get(actor, id)));
      await this.requireUsable(actor, input.rule);
      await this.writeNamed('UPDATE organisations.partner_group SET name = $2, rule = $3 WHERE id = $1', [
        id,
        input.name,
        JSON.stringify(input.rule),
      ]);
      await this.audit.record(actor, {
        action: 'partner-group.changed',
        subject: { kind: 'partner-group', id },
        details: { name: input.name },
      });
      return this.get(actor, id);
    });
  }

  /**
   * Hides a group from lists and choices, or shows it again.
   * Idempotent.
   * @throws DomainError `partner-group.not-found`; `partner-group.in-use` while
   *   partners may launch a version that is published to it.
   */
  async setArchived(actor: VendorActor, id: PartnerGroupId, isArchived: boolean): Promise<PartnerGroup> {
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`partner group ${id}`);
      const group = await this.get(actor, id);
      if ((group.archivedAt !== null) === isArchived) return group;
      if (isArchived && (await this.useOf(id)) === 'open')
        throw inUse(
          `Partners can still use a campaign or an asset that is shared with "${group.name}", or will be in a wave or get a newsletter. Archive the group when that period is over, or retire the campaign, remove the wave, withdraw the asset or cancel the newsletter first.`,
        );
      await this.database.query('UPDATE organisations.partner_group SET archived_at = $2 WHERE id = $1', [
        id,
        isArchived ? this.clock.now() : null,
      ]);
      await this.record(actor, isArchived ? 'partner-group.archived' : 'partner-group.restored', group);
      return this.get(actor, id);
    });
  }

  /**
   * Deletes a group that no version was ever published to, and that is in no planned wave or newsletter.
   * @throws DomainError `partner-group.not-found`, `partner-group.in-use`.
   */
  async delete(actor: VendorActor, id: PartnerGroupId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`partner group ${id}`);
      const group = await this.get(actor, id);
      if ((await this.useOf(id)) !== 'unused')
        throw inUse(
          `A campaign or an asset was shared with "${group.name}", or will be in a wave or get a newsletter, so the group stays in its records. Archive it instead, or remove the wave or cancel the newsletter.`,
        );
      await this.database.query('DELETE FROM organisations.partner_group WHERE id = $1', [id]);
      await this.record(actor, 'partner-group.deleted', group);
    });
  }

  /** See functions/organisations.group_use.sql. Joins the open transaction. */
  private async useOf(id: PartnerGroupId): Promise<'unused' | 'over' | 'open'> {
    const [row] = await this.database.query<{ use: 'unused' | 'over' | 'open' }>(
      'SELECT organisations.group_use($1, $2) AS use',
      [id, this.clock.now().toISOString().slice(0, 10)],
    );
    return row?.use ?? 'unused';
  }

  private async record(actor: VendorActor, action: `partner-group.${string}`, group: PartnerGroup): Promise<void> {
    const { id, name } = group;
    await this.audit.record(actor, { action, subject: { kind: 'partner-group', id }, details: { name } });
  }

  /** Who belongs to a group now, by name. */
  async members(actor: VendorActor | SystemActor, group: PartnerGroup): Promise<Membership[]> {
    return this.database.inTransaction(actor, async () => {
      const [partnerIds = []] = await this.membersByRules([group]);
      return this.database.query<Membership>(
        `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE} WHERE m.programme_id = $1 AND m.partner_id = ANY ($2) ORDER BY o.name`,
        [group.programmeId, partnerIds],
      );
    });
  }

  /**
   * Current sizes of some groups: memberships are read once for any number of
   * groups.
   */
  async sizesOf(actor: VendorActor, groups: readonly PartnerGroup[]): Promise<ReadonlyMap<PartnerGroupId, number>> {
    const members = await this.membersByGroup(actor, groups);
    return new Map(groups.map(({ id }) => [id, members.get(id)?.length ?? 0]));
  }

  /** Current members of some groups, like `sizesOf`. */
  async membersByGroup(
    actor: VendorActor | SystemActor,
    groups: readonly PartnerGroup[],
  ): Promise<ReadonlyMap<PartnerGroupId, readonly PartnerId[]>> {
    const members = await this.database.inTransaction(actor, () => this.membersByRules(groups));
    return new Map(groups.map(({ id }, at) => [id, members[at] ?? []]));
  }

  /**
   * The groups of a vendor with their current members. Joins the open
   * transaction of a process.
   */
  async withMembers(vendorId: VendorId): Promise<(PartnerGroup & { readonly members: readonly PartnerId[] })[]> {
    const groups = await this.database.query<PartnerGroup>(
      `SELECT ${GROUP} FROM organisations.partner_group WHERE vendor_id = $1 ORDER BY id`,
      [vendorId],
    );
    const members = await this.membersByRules(groups);
    return groups.map((group, at) => ({ ...group, members: members[at] ?? [] }));
  }

  /** The groups to which a partner belongs now, of all its vendors. */
  async groupsOf(actor: Actor, partnerId: PartnerId): Promise<ReadonlySet<PartnerGroupId>> {
    return this.database.inTransaction(actor, async () => {
      const groups = await this.database.query<PartnerGroup>(
        `SELECT ${GROUP} FROM organisations.partner_group WHERE programme_id IN (
           SELECT programme_id FROM organisations.membership WHERE partner_id = $1 AND status = 'active')`,
        [partnerId],
      );
      const met = await this.database.query<{ ruleNumber: number }>(
        'SELECT rule_number FROM organisations.rules_met_by($1, $2, $3, $4)',
        [...this.asked(groups), partnerId],
      );
      return new Set(met.flatMap(({ ruleNumber }) => groups[ruleNumber - 1]?.id ?? []));
    });
  }

  /**
   * Whom any rule takes in now. Stores nothing.
   * @throws DomainError as `create` for an unusable rule.
   */
  async preview(actor: VendorActor, programmeId: ProgrammeId, rule: GroupRule): Promise<RulePreview> {
    return this.database.inTransaction(actor, async () => {
      await this.requireUsable(actor, rule);
      const [partnerIds = []] = await this.membersByRules([{ programmeId, rule }]);
      const members = await this.database.query<{ id: PartnerId; name: string }>(
        'SELECT id, name FROM organisations.organisation WHERE id = ANY ($1) ORDER BY lower(name), id LIMIT $2',
        [partnerIds, PREVIEWED],
      );
      return { memberCount: partnerIds.length, members };
    });
  }

  /**
   * The partners that each rule takes in today, in the order of the rules.
   * Joins the open transaction.
   */
  private async membersByRules(rules: readonly RuleOf[]): Promise<PartnerId[][]> {
    const found = rules.map((): PartnerId[] => []);
    if (rules.length === 0) return found;
    const rows = await this.database.query<{ ruleNumber: number; partnerId: PartnerId }>(
      'SELECT rule_number, partner_id FROM organisations.members_by_rules($1, $2, $3, NULL)',
      this.asked(rules),
    );
    for (const { ruleNumber, partnerId } of rows) found[ruleNumber - 1]?.push(partnerId);
    return found;
  }

  /** The first arguments of the functions about rules: programmes, rules and the day. */
  private asked(rules: readonly RuleOf[]): unknown[] {
    return [
      rules.map(({ programmeId }) => programmeId),
      rules.map(({ rule }) => JSON.stringify(rule)),
      this.clock.now().toISOString().slice(0, 10),
    ];
  }

  private async requireUsable(actor: VendorActor | SystemActor, rule: GroupRule): Promise<void> {
    await this.requirePartners([...(rule.partnerIds ?? []), ...(rule.exceptPartnerIds ?? [])]);
    if ((rule.conditions ?? []).length === 0) return;
    const attributes = await this.attributes.list(actor);
    requireUsableConditions(rule.conditions ?? [], new Map(attributes.map((one) => [one.id, one])));
  }

  private async requirePartners(ids: readonly PartnerId[]): Promise<void> {
    const [stranger] = await this.database.query<{ id: PartnerId }>(
      'SELECT named.id FROM unnest($1::uuid[]) named (id) WHERE NOT EXISTS (SELECT 1 FROM organisations.membership m WHERE m.partner_id = named.id)',
      [ids],
    );
    if (stranger !== undefined) throw notFound('partner', stranger.id);
  }

  private async writeNamed(sql: string, values: unknown[]): Promise<void> {
    await unlessTaken(() => this.database.query(sql, values), nameTaken);
  }
}

const nameTaken = (cause: unknown): DomainError =>
  new DomainError(
    'partner-group.name-taken',
    'There is a partner group of this name already. Choose another name.',
    { field: 'name' },
    { kind: 'conflict', cause },
  );

const inUse = (sentence: string): DomainError =>
  new DomainError('partner-group.in-use', sentence, {}, { kind: 'conflict' });
