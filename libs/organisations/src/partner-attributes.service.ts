import { Injectable } from '@nestjs/common';
import type { AttributeKind, AttributeOption } from '#contracts';
import { AuditLog } from '#audit';
import { Database, unlessTaken } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  editVersion,
  newId,
  notFound,
  type PartnerAttributeId,
  requireCurrent,
  type VendorActor,
  type VendorProcess,
} from '#kernel';
import { attributesIn, keyedOptions, type PartnerAttribute, repeatedLabel } from './partner-attribute.js';
import type { GroupRule } from './partner-group.js';
import { traitKey } from './trait-key.js';

const ATTRIBUTE = 'id, vendor_id, name, help, kind, owner, options';

/** More would make the dialog of a partner a survey. */
const MAX_ATTRIBUTES = 50;

/** The version of an attribute, for editors. */
export const partnerAttributeVersion = ({ name, help, owner, options }: PartnerAttribute): string =>
  editVersion([name, help, owner, options]);

/** A rule that may ask about an attribute. */
interface AskingRule {
  readonly of: 'group' | 'tier';
  readonly name: string;
  readonly rule: GroupRule;
}

/** What a vendor defines. */
interface AttributeDefinition {
  readonly name: string;
  readonly help: string;
  readonly kind: AttributeKind;
  readonly owner: 'vendor' | 'partner';
  readonly options: readonly { readonly key?: string | undefined; readonly label: string }[];
}

/** The facts that a vendor defines about its partners. */
@Injectable()
export class PartnerAttributes {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Of the vendors in the actor's scope, in the order in which they were defined. */
  async list(actor: Actor): Promise<PartnerAttribute[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<PartnerAttribute>(
        `SELECT ${ATTRIBUTE} FROM organisations.partner_attribute WHERE $1::uuid IS NULL OR vendor_id = $1 ORDER BY id`,
        [actor.kind === 'partner' ? null : actor.vendorId],
      ),
    );
  }

  /** @throws DomainError `partner-attribute.not-found`. */
  async get(actor: VendorActor | VendorProcess, id: PartnerAttributeId): Promise<PartnerAttribute> {
    const found = (await this.list(actor)).find((one) => one.id === id);
    if (found === undefined) throw notFound('partner-attribute', id);
    return found;
  }

  /** How many partners have a value of each attribute. */
  async valueCounts(actor: VendorActor): Promise<ReadonlyMap<PartnerAttributeId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: PartnerAttributeId; count: number }>(
        `SELECT attribute_id AS id, count(*)::int AS count FROM organisations.attribute_value WHERE vendor_id = $1 GROUP BY 1`,
        [actor.vendorId],
      ),
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /**
   * @throws DomainError `partner-attribute.too-many`, `.name-taken`,
   *   `.name-invalid`, `.options-missing`, `.option-repeated`.
   */
  async create(actor: VendorActor | VendorProcess, definition: AttributeDefinition): Promise<PartnerAttributeId> {
    return this.database.inTransaction(actor, async () => {
      const id = newId<PartnerAttributeId>();
      const attribute = { ...definition, id, vendorId: actor.vendorId, options: keyedOptions(definition.options, []) };
      requireReadableName(attribute);
      requireOptions(attribute);
      if ((await this.list(actor)).length >= MAX_ATTRIBUTES)
        throw new DomainError(
          'partner-attribute.too-many',
          `You have ${MAX_ATTRIBUTES} attributes, which is the limit. Delete one that you do not use.`,
          { most: MAX_ATTRIBUTES },
          { kind: 'conflict' },
        );
      await this.writeNamed(
        `INSERT INTO organisations.partner_attribute (id, vendor_id, name, help, kind, owner, options, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          actor.vendorId,
          attribute.name,
          attribute.help,
          attribute.kind,
          attribute.owner,
          JSON.stringify(attribute.options),
          this.clock.now(),
        ],
      );
      await this.record(actor, 'partner-attribute.created', attribute);
      return id;
    });
  }

  /**
   * Changes all but the kind, and who keeps it only while no partner has a
   * value: what the vendor keeps was promised to be unseen by the partner.
   * Options that are left out are taken away.
   * @param basedOn `partnerAttributeVersion` of what was edited; null: replace
   *   any.
   * @throws DomainError as `create`; `partner-attribute.not-found`,
   *   `.kind-fixed`, `.owner-fixed`, `.option-in-use` for an option that a partner or a group
   *   has, `.in-tier` for one that a tier asks about, and `edit.stale`.
   */
  async change(
    actor: VendorActor,
    id: PartnerAttributeId,
    definition: AttributeDefinition,
    basedOn: string | null,
  ): Promise<PartnerAttribute> {
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`partner attribute ${id}`);
      const known = await this.get(actor, id);
      requireCurrent(basedOn, partnerAttributeVersion(known));
      if (known.kind !== definition.kind)
        throw new DomainError(
          'partner-attribute.kind-fixed',
          'The kind of an attribute stays as it is, because partners have values of it. Create another attribute.',
          { field: 'kind' },
          { kind: 'conflict' },
        );
      if (known.owner !== definition.owner) await this.refuseValued(known);
      const changed = { ...known, ...definition, options: keyedOptions(definition.options, known.options) };
      requireReadableName(changed);
      requireOptions(changed);
      await this.refuseUsedOptions(actor, known, changed);
      await this.writeNamed(
        'UPDATE organisations.partner_attribute SET name = $2, help = $3, owner = $4, options = $5 WHERE id = $1',
        [id, changed.name, changed.help, changed.owner, JSON.stringify(changed.options)],
      );
      await this.record(actor, 'partner-attribute.changed', changed);
      return changed;
    });
  }

  /**
   * Deletes an attribute with its values.
   * @throws DomainError `partner-attribute.not-found`, `.in-use` while the rule
   *   of a group asks about it, `.in-tier` while that of a tier does.
   */
  async delete(actor: VendorActor, id: PartnerAttributeId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const attribute = await this.get(actor, id);
      const using = (await this.askingRules(actor)).find(({ rule }) => attributesIn(rule.conditions).has(id));
      if (using?.of === 'tier') throw askedByTier(using.name, attribute.name);
      if (using !== undefined)
        throw new DomainError(
          'partner-attribute.in-use',
          `The rule of the partner group "${using.name}" asks about "${attribute.name}". Change the group first.`,
          { group: using.name, name: attribute.name },
          { kind: 'conflict' },
        );
      await this.database.query('DELETE FROM organisations.partner_attribute WHERE id = $1', [id]);
      await this.record(actor, 'partner-attribute.deleted', attribute);
    });
  }

  /** Joins the open transaction. */
  private async refuseValued({ id, name }: PartnerAttribute): Promise<void> {
    const [valued] = await this.database.query(
      'SELECT 1 FROM organisations.attribute_value WHERE attribute_id = $1 LIMIT 1',
      [id],
    );
    if (valued === undefined) return;
    throw new DomainError(
      'partner-attribute.owner-fixed',
      `Partners have values of "${name}", so who keeps it stays as it is. Create another attribute.`,
      { field: 'owner', name },
      { kind: 'conflict' },
    );
  }

  /** Joins the open transaction. */
  private async refuseUsedOptions(
    actor: VendorActor,
    known: PartnerAttribute,
    changed: PartnerAttribute,
  ): Promise<void> {
    const gone = known.options.filter(({ key }) => changed.options.every((option) => option.key !== key));
    if (gone.length === 0) return;
    const keys = new Set(gone.map(({ key }) => traitKey(key)));
    const used = await this.mostUsed(known, gone);
    const asking = (await this.askingRules(actor)).find(({ rule }) =>
      (rule.conditions ?? []).some(
        (one) =>
          one.on === 'attribute' && one.attributeId === known.id && one.is.some((key) => keys.has(traitKey(key))),
      ),
    );
    if (used === undefined && asking === undefined) return;
    if (used === undefined && asking?.of === 'tier') throw askedByTier(asking.name, known.name);
    const label = gone.find(({ key }) => key === used?.key)?.label ?? gone[0]?.label ?? '';
    const wayOut =
      known.owner === 'vendor'
        ? 'Give them another value first, or keep the option.'
        : 'They keep it themselves: ask them to choose another value, or keep the option.';
    throw new DomainError(
      'partner-attribute.option-in-use',
      used === undefined
        ? `The rule of the partner group "${asking?.name ?? ''}" asks about an option that you took away. Change the group first.`
        : `${used.partners} partners have "${label}". ${wayOut}`,
      { field: 'options', partners: used?.partners ?? 0, label },
      { kind: 'conflict' },
    );
  }

  /** The option among these that most partners of the programme have. Those that have left do not count. */
  private async mostUsed(
    { id }: PartnerAttribute,
    options: readonly AttributeOption[],
  ): Promise<{ key: string; partners: number } | undefined> {
    const [used] = await this.database.query<{ key: string; partners: number }>(
      `SELECT word AS key, count(*)::int AS partners FROM organisations.attribute_value v, unnest(v.words) word
       WHERE v.attribute_id = $1 AND word = ANY ($2) AND EXISTS (
         SELECT 1 FROM organisations.membership m
         WHERE m.vendor_id = v.vendor_id AND m.partner_id = v.partner_id AND m.status <> 'ended')
       GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      [id, options.map(({ key }) => key)],
    );
    return used;
  }

  /** Rules of groups, and those of tiers while they are in force. */
  private async askingRules(actor: VendorActor): Promise<AskingRule[]> {
    return this.database.query<AskingRule>(
      `SELECT 'group' AS of, name, rule FROM organisations.partner_group WHERE vendor_id = $1
       UNION ALL
       SELECT 'tier', it ->> 'name', it -> 'rule'
       FROM jsonb_array_elements(coalesce(organisations.tier_rules($1), '[]')) it`,
      [actor.vendorId],
    );
  }

  private async record(
    actor: VendorActor | VendorProcess,
    action: `partner-attribute.${string}`,
    { id, name, kind, owner }: PartnerAttribute,
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subject: { kind: 'partner-attribute', id },
      details: { name, kind, owner },
    });
  }

  private async writeNamed(sql: string, values: unknown[]): Promise<void> {
    await unlessTaken(() => this.database.query(sql, values), nameTaken);
  }
}

const nameTaken = (cause: unknown): DomainError =>
  new DomainError(
    'partner-attribute.name-taken',
    'You have an attribute of this name already. Choose another name.',
    { field: 'name' },
    { kind: 'conflict', cause },
  );

const askedByTier = (tier: string, name: string): DomainError =>
  new DomainError(
    'partner-attribute.in-tier',
    `The rule of the tier "${tier}" asks about "${name}". Change the rules of your tiers first.`,
    { tier, name },
    { kind: 'conflict' },
  );

/** Columns of files are found by the letters and digits of the name. */
function requireReadableName({ name }: Pick<PartnerAttribute, 'name'>): void {
  if (!/[\p{L}\p{N}]/u.test(name))
    throw new DomainError(
      'partner-attribute.name-invalid',
      'The name of an attribute has at least one letter or digit. Add one.',
      { field: 'name' },
    );
}

function requireOptions({ kind, options }: Pick<PartnerAttribute, 'kind' | 'options'>): void {
  const takesOptions = kind === 'choice' || kind === 'choices';
  if (takesOptions !== options.length > 0)
    throw new DomainError(
      'partner-attribute.options-missing',
      'A choice has at least one option, and no other kind of attribute has any.',
      { field: 'options' },
    );
  const label = repeatedLabel(options);
  if (label !== null)
    throw new DomainError('partner-attribute.option-repeated', `The option "${label}" appears twice. Remove one.`, {
      field: 'options',
      label,
    });
}
