import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, Clock, type Id, newId, type PartnerId, type VendorId } from '#kernel';

export interface AuditFact {
  /** `<noun>.<past participle>`: `campaign.published`. */
  readonly action: `${string}.${string}`;
  readonly subject: { readonly kind: string; readonly id: string };
  /** Whose entry it is, where the actor does not say: a system process names the partner or vendor it acted for. */
  readonly partnerId?: PartnerId;
  readonly vendorId?: VendorId;
  /** Facts to read later: ids, counts, names of things; never a contact's data. */
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

/** Whose entries an actor's are, said beside the policy: a policy of several ways keeps the index of one of them from being used. */
const OWN: Readonly<Record<Actor['kind'], string>> = {
  partner: 'partner_id = $3',
  vendor: 'vendor_id = $3 AND partner_id IS NULL',
  system: 'true',
};
const ownerOf = (actor: Actor): string[] =>
  actor.kind === 'partner' ? [actor.partnerId] : actor.kind === 'vendor' ? [actor.vendorId] : [];

/** Who did what on whose authority, written in the transaction that does it: no entry without the deed, no deed without its entry. */
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
    await this.database.query(
      `INSERT INTO audit.entry (id, at, actor_kind, actor_name, actor_user_id, actor_api_key_id, vendor_id, partner_id, action, subject_kind, subject_id, details)
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

  /** The organisation's own entries, newest first; pages by the last id seen. */
  async read(actor: Actor, page: { limit: number; beforeId: string | null }): Promise<AuditEntry[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<AuditEntry>(
        `SELECT id, at, actor_kind AS "actorKind", actor_name AS "actorName", action, subject_kind AS "subjectKind", subject_id AS "subjectId", details
         FROM audit.entry WHERE ($1::uuid IS NULL OR id < $1) AND ${OWN[actor.kind]} ORDER BY id DESC LIMIT $2`,
        [page.beforeId, page.limit, ...ownerOf(actor)],
      ),
    );
  }
}
