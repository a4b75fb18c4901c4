import { Injectable } from '@nestjs/common';
import { Database, lowerCase, unnestRows } from '#database';
import {
  type Actor,
  Clock,
  type Id,
  newId,
  type PartnerId,
  type VendorActor,
  type VendorId,
  type VendorProcess,
} from '#kernel';

export interface AuditFact {
  /** `<noun>.<past participle>`: `campaign.published`. */
  readonly action: `${string}.${string}`;
  readonly subject: { readonly kind: string; readonly id: string };
  /**
   * The owner of an entry of a system process: the partner or vendor that it
   * acted for.
   */
  readonly partnerId?: PartnerId;
  readonly vendorId?: VendorId;
  /**
   * Facts to read later: ids, counts, names of things; never a contact's data.
   */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: 'vendor' | 'partner' | 'system';
  readonly actorName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly details: Record<string, unknown>;
}

/** An entry with a partner is in the partner's log, one without in the vendor's. */
interface EntryOwner {
  readonly vendorId: VendorId | null;
  readonly partnerId: PartnerId | null;
}

export interface AuditPage {
  readonly limit: number;
  readonly beforeId: string | null;
}

/** A search; an absent field does not filter. */
export interface AuditFilter {
  /** In the name of the person or key. */
  readonly who?: string | undefined;
  readonly actorKind?: AuditEntry['actorKind'] | undefined;
  /** `campaign.published`, or all of `campaign`. */
  readonly action?: string | undefined;
  /** Any of these. */
  readonly actions?: readonly string[] | undefined;
  readonly from?: Date | undefined;
  /** No longer among them. */
  readonly to?: Date | undefined;
  /** Anywhere in the entry. */
  readonly searchText?: string | undefined;
}

/**
 * The owner's condition, besides the policy.
 * A policy with several OR branches prevents the use of an index.
 */
const OWN_ENTRIES: Readonly<Record<Actor['kind'], string>> = {
  partner: 'partner_id = $3::uuid',
  vendor: 'vendor_id = $3::uuid AND partner_id IS NULL',
  system: '$3::uuid IS NULL',
};
const ownerOf = (actor: Actor): string | null => (actor.kind === 'partner' ? actor.partnerId : actor.vendorId);
/** A process that acts for a vendor reads the vendor's entries. */
const sideOf = (actor: Actor): Actor['kind'] =>
  actor.kind === 'system' && actor.vendorId !== null ? 'vendor' : actor.kind;

/**
 * Who did what, and by which authority.
 * Written in the transaction of the action: neither exists without the other.
 */
@Injectable()
export class AuditLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Appends to the open transaction. */
  async record(actor: Actor, fact: AuditFact): Promise<void> {
    const vendorId = fact.vendorId ?? (actor.kind === 'partner' ? null : actor.vendorId);
    const partnerId = fact.partnerId ?? (actor.kind === 'vendor' ? null : actor.partnerId);
    await this.append(actor, fact, { vendorId, partnerId });
  }

  /** The same for many facts in one statement. */
  async recordAll(actor: Actor, facts: readonly AuditFact[]): Promise<void> {
    if (facts.length === 0) return;
    const rows = unnestRows(
      facts.map(({ action, subject, details, ...owner }) => ({
        id: newId<Id<'audit-entry'>>(),
        vendorId: owner.vendorId ?? (actor.kind === 'partner' ? null : actor.vendorId),
        partnerId: owner.partnerId ?? (actor.kind === 'vendor' ? null : actor.partnerId),
        action,
        subjectKind: subject.kind,
        subjectId: subject.id,
        details: details ?? {},
      })),
      {
        id: 'uuid',
        vendorId: 'uuid',
        partnerId: 'uuid',
        action: 'text',
        subjectKind: 'text',
        subjectId: 'text',
        details: 'jsonb',
      },
      [
        this.clock.now(),
        actor.kind,
        actor.name,
        actor.kind === 'system' ? null : actor.userId,
        actor.kind === 'system' ? null : actor.apiKeyId,
      ],
    );
    await this.database.query(
      `INSERT INTO audit.entry (at, actor_kind, actor_name, actor_user_id, actor_api_key_id, id, vendor_id,
         partner_id, action, subject_kind, subject_id, details)
       SELECT $1::timestamptz, $2, $3, $4::uuid, $5::uuid, given.* FROM ${rows.from}`,
      rows.parameters,
    );
  }

  /** Appends the entry to the audit logs of a vendor and a partner: an act that concerns both. */
  async recordForBoth(
    actor: Actor,
    fact: AuditFact,
    { vendorId, partnerId }: { readonly vendorId: VendorId; readonly partnerId: PartnerId },
  ): Promise<void> {
    await this.append(actor, fact, { vendorId, partnerId: null });
    await this.append(actor, fact, { vendorId, partnerId });
  }

  private async append(actor: Actor, fact: AuditFact, { vendorId, partnerId }: EntryOwner): Promise<void> {
    await this.database.query(
      `INSERT INTO audit.entry (id, at, actor_kind, actor_name, actor_user_id, actor_api_key_id, vendor_id,
         partner_id, action, subject_kind, subject_id, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        newId<Id<'audit-entry'>>(),
        this.clock.now(),
        actor.kind,
        actor.name,
        actor.kind === 'system' ? null : actor.userId,
        actor.kind === 'system' ? null : actor.apiKeyId,
        vendorId,
        partnerId,
        fact.action,
        fact.subject.kind,
        fact.subject.id,
        JSON.stringify(fact.details ?? {}),
      ],
    );
  }

  /**
   * Appends the same entry to the audit log of each partner: an act of its
   * vendor, or of a process for the vendor, that concerns the partner.
   */
  async recordForPartners(
    actor: VendorActor | VendorProcess,
    fact: AuditFact,
    partnerIds: readonly PartnerId[],
  ): Promise<void> {
    const entries = unnestRows(
      partnerIds,
      { id: ['uuid', () => newId<Id<'audit-entry'>>()], partnerId: ['uuid', (partnerId) => partnerId] },
      [
        this.clock.now(),
        actor.name,
        actor.kind === 'system' ? null : actor.userId,
        actor.kind === 'system' ? null : actor.apiKeyId,
        actor.vendorId,
        fact.action,
        fact.subject.kind,
        fact.subject.id,
        JSON.stringify(fact.details ?? {}),
        actor.kind,
      ],
    );
    await this.database.query(
      `INSERT INTO audit.entry (id, at, actor_kind, actor_name, actor_user_id, actor_api_key_id, vendor_id,
         partner_id, action, subject_kind, subject_id, details)
       SELECT given.id, $1, $10, $2, $3, $4, $5, given.partner_id, $6, $7, $8, $9 FROM ${entries.from}`,
      entries.parameters,
    );
  }

  /**
   * The organisation's own matching entries, newest first; pages by the last id
   * seen.
   */
  async read(actor: Actor, page: AuditPage, filter: AuditFilter = {}): Promise<AuditEntry[]> {
    const { who, actorKind, action, actions, from, to, searchText: words } = filter;
    return this.database.inTransaction(actor, async () => {
      // Prefers an index-only scan, in index order.
      // PostgreSQL assumes a disk seek for each index page.
      await this.database.query(`SELECT set_config('random_page_cost', '1.1', true)`);
      return this.database.query<AuditEntry>(PAGE[sideOf(actor)], [
        page.beforeId,
        page.limit,
        ownerOf(actor),
        who ?? null,
        actorKind ?? null,
        action ?? null,
        from ?? null,
        to ?? null,
        words ?? null,
        actions ?? null,
      ]);
    });
  }
}

/**
 * Filters: before an id ($1), name ($4), kind of actor ($5), action ($6, $10),
 * time ($7, $8). A text begins with the name, on its own line.
 */
const NARROWED = `($1::uuid IS NULL OR id < $1)
  AND ($4::text IS NULL OR (actor_kind <> 'system' AND strpos(split_part(search_text, E'\\n', 1), ${lowerCase('$4')}) > 0))
  AND ($5::text IS NULL OR actor_kind = $5) AND ($6::text IS NULL OR action = $6 OR starts_with(action, $6 || '.'))
  AND ($10::text[] IS NULL OR action = ANY ($10))
  AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8)`;

/**
 * The ids come from covering indexes; the rows are read after that.
 * The few truncated texts are searched in full.
 */
const pageOf = (own: string): string => `
  SELECT id, at, actor_kind, actor_name, action, subject_kind, subject_id, details
  FROM audit.entry WHERE id IN (
    (SELECT id FROM audit.entry WHERE ${own} AND ${NARROWED} AND ($9::text IS NULL OR strpos(search_text, ${lowerCase('$9')}) > 0) ORDER BY id DESC LIMIT $2)
    UNION
    (SELECT id FROM audit.entry WHERE ${own} AND ${NARROWED} AND long_text IS NOT NULL AND strpos(long_text, ${lowerCase('$9')}) > 0 ORDER BY id DESC LIMIT $2))
  ORDER BY id DESC LIMIT $2`;
const PAGE: Readonly<Record<Actor['kind'], string>> = {
  partner: pageOf(OWN_ENTRIES.partner),
  vendor: pageOf(OWN_ENTRIES.vendor),
  system: pageOf(OWN_ENTRIES.system),
};
