import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { SegmentRule } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  type ContactId,
  type ContactListId,
  DomainError,
  MINUTE_MS,
  type PartnerId,
  systemActor,
} from '#kernel';
import { editorOf, partnerOf } from '../authority.js';
import { ContactLists } from '../contact-lists.service.js';
import { dependsOnTime, segmentSql } from './segment-sql.js';
import { withStoredValues } from './segment-values.js';

interface StoredSegment {
  readonly listId: ContactListId;
  readonly partnerId: PartnerId;
  readonly rule: SegmentRule;
}

const SEGMENTS = systemActor('segments');
/** Changed contacts of one transaction. */
const CHANGES = 5_000;
const PARTNERS = 50;
const WHOLE = 20;
/** Between whole evaluations of a rule that time changes, and of another. */
const OFTEN_MS = 5 * MINUTE_MS;
const DAILY_MS = 24 * 60 * MINUTE_MS;
/**
 * After a rule was saved. A change that another transaction had not committed
 * then has left no note.
 */
const SETTLED_MS = MINUTE_MS;

/**
 * Contact lists whose members follow from a rule. Members are rows, as those of
 * any list, so launches and entry rules need not know segments.
 *
 * Triggers note contacts that change: libs/database/functions/contacts.note_*.sql.
 */
@Injectable()
export class Segments {
  private readonly logger = new Logger(Segments.name);

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly lists: ContactLists,
  ) {}

  /**
   * How many contacts a rule matches now.
   * @throws DomainError `segment.value-unknown`.
   */
  async count(actor: Actor, rule: SegmentRule): Promise<number> {
    const scope = { partnerId: partnerOf(actor), now: this.clock.now(), only: null };
    const { where, parameters } = segmentSql(withStoredValues(rule), scope);
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM contacts.contact c WHERE ${where}`, [
        ...parameters,
      ]),
    );
    return row?.n ?? 0;
  }

  /**
   * Makes a list of the contacts that a rule matches, from now on.
   * @throws DomainError as `ContactLists.create`, and `segment.value-unknown`.
   */
  async create(actor: Actor, input: { name: string; isDefault?: boolean; rule: SegmentRule }): Promise<ContactListId> {
    const partnerId = editorOf(actor);
    const rule = withStoredValues(input.rule);
    return this.database.inTransaction(actor, async () => {
      await this.lock(partnerId);
      // An import without a list fills the default one: that is no segment unless it is asked for.
      const { id } = await this.lists.create(actor, { name: input.name, isDefault: input.isDefault === true });
      await this.database.query('INSERT INTO contacts.segment (list_id, partner_id, rule) VALUES ($1, $2, $3)', [
        id,
        partnerId,
        JSON.stringify(rule),
      ]);
      await this.evaluateWhole({ listId: id, partnerId, rule }, SETTLED_MS);
      return id;
    });
  }

  /**
   * Gives a segment another rule. Who is in it changes at once.
   * @throws DomainError `contact-list.not-a-segment`, `segment.value-unknown`.
   */
  async changeRule(actor: Actor, listId: ContactListId, to: SegmentRule): Promise<void> {
    const partnerId = editorOf(actor);
    const rule = withStoredValues(to);
    await this.database.inTransaction(actor, async () => {
      await this.lists.get(actor, listId);
      await this.lock(partnerId);
      const changed = await this.database.query(
        'UPDATE contacts.segment SET rule = $2 WHERE list_id = $1 RETURNING list_id',
        [listId, JSON.stringify(rule)],
      );
      if (changed.length === 0) throw notASegment(listId);
      await this.evaluateWhole({ listId, partnerId, rule }, SETTLED_MS);
      await this.audit.record(actor, { action: 'contact-list.changed', subject: { kind: 'contact-list', id: listId } });
    });
  }

  /** Evaluates those of the lists that are segments, before a launch uses them. */
  async refresh(actor: Actor, listIds: readonly ContactListId[]): Promise<void> {
    const partnerId = partnerOf(actor);
    await this.database.inTransaction(actor, async () => {
      const segments = await this.database.query<StoredSegment>(
        'SELECT list_id, partner_id, rule FROM contacts.segment WHERE list_id = ANY ($1) AND partner_id = $2 ORDER BY list_id',
        [listIds, partnerId],
      );
      if (segments.length === 0) return;
      await this.lock(partnerId);
      for (const segment of segments) await this.evaluateWhole(segment, null);
    });
  }

  /**
   * Applies the changes of contacts that are noted, and evaluates segments whose
   * time has come.
   * @returns whether there may be more.
   */
  async evaluateDue(): Promise<boolean> {
    const changed = await this.database.inTransaction(SEGMENTS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        'SELECT DISTINCT partner_id FROM (SELECT partner_id FROM contacts.segment_change ORDER BY id LIMIT $1) first LIMIT $2',
        [CHANGES, PARTNERS],
      ),
    );
    let hasMore = changed.length === PARTNERS;
    for (const { partnerId } of changed)
      if (await this.reportingFailure(() => this.applyChanges(partnerId))) hasMore = true;
    const due = await this.database.inTransaction(SEGMENTS, () =>
      this.database.query<Pick<StoredSegment, 'listId' | 'partnerId'>>(
        'SELECT list_id, partner_id FROM contacts.segment_due WHERE next_at <= $1 ORDER BY next_at LIMIT $2',
        [this.clock.now(), WHOLE],
      ),
    );
    let evaluated = 0;
    for (const { listId, partnerId } of due)
      if (await this.reportingFailure(() => this.evaluateAgain(listId, partnerId))) evaluated++;
    return hasMore || evaluated === WHOLE;
  }

  /** A failure is logged and tried again later; the others continue. */
  private async reportingFailure(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      this.logger.error('A segment could not be evaluated; it is tried again.', error);
      return false;
    }
  }

  /** @returns whether there are more. */
  private async applyChanges(partnerId: PartnerId): Promise<boolean> {
    return this.database.inTransaction(systemActor('segments', { partnerId }), async () => {
      await this.lock(partnerId);
      const rows = await this.database.query<{ contactId: ContactId }>(
        `DELETE FROM contacts.segment_change WHERE id IN (
           SELECT id FROM contacts.segment_change WHERE partner_id = $1 ORDER BY id LIMIT $2)
         RETURNING contact_id`,
        [partnerId, CHANGES],
      );
      const contactIds = [...new Set(rows.map(({ contactId }) => contactId))];
      const segments = await this.database.query<StoredSegment>(
        'SELECT list_id, partner_id, rule FROM contacts.segment WHERE partner_id = $1 ORDER BY list_id',
        [partnerId],
      );
      for (const segment of segments) await this.evaluate(segment, contactIds);
      return rows.length === CHANGES;
    });
  }

  private async evaluateAgain(listId: ContactListId, partnerId: PartnerId): Promise<boolean> {
    return this.database.inTransaction(systemActor('segments', { partnerId }), async () => {
      await this.database.withoutTimeLimit();
      await this.lock(partnerId);
      // It may have been deleted, or evaluated by another process.
      const [segment] = await this.database.query<StoredSegment>(
        'SELECT s.list_id, s.partner_id, s.rule FROM contacts.segment s JOIN contacts.segment_due d USING (list_id) WHERE d.list_id = $1 AND d.next_at <= $2',
        [listId, this.clock.now()],
      );
      if (segment !== undefined) await this.evaluateWhole(segment, null);
      return true;
    });
  }

  /** @param againMs when it is evaluated next; null: as its rule needs. */
  private async evaluateWhole(segment: StoredSegment, againMs: number | null): Promise<void> {
    await this.evaluate(segment, null);
    const pauseMs = againMs ?? (dependsOnTime(segment.rule) ? OFTEN_MS : DAILY_MS);
    const now = this.clock.now();
    await this.database.query('UPDATE contacts.segment SET evaluated_at = $2 WHERE list_id = $1', [
      segment.listId,
      now,
    ]);
    await this.database.query(
      `INSERT INTO contacts.segment_due (list_id, partner_id, next_at) VALUES ($1, $2, $3)
       ON CONFLICT (list_id) DO UPDATE SET next_at = excluded.next_at`,
      [segment.listId, segment.partnerId, new Date(now.getTime() + pauseMs)],
    );
  }

  /** @param only contacts to look at; null: all of the partner. */
  private async evaluate({ listId, partnerId, rule }: StoredSegment, only: readonly ContactId[] | null): Promise<void> {
    const now = this.clock.now();
    const { where, parameters } = segmentSql(rule, { partnerId, now, only });
    const [list, added] = [`$${parameters.length + 1}::uuid`, `$${parameters.length + 2}::timestamptz`];
    await this.database.query(
      `WITH matching AS MATERIALIZED (SELECT c.id FROM contacts.contact c WHERE ${where}),
       gone AS (
         DELETE FROM contacts.contact_list_member m WHERE m.list_id = ${list} AND ($2::uuid[] IS NULL OR m.contact_id = ANY ($2))
           AND NOT EXISTS (SELECT FROM matching WHERE matching.id = m.contact_id))
       INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
       SELECT ${list}, matching.id, $1, ${added} FROM matching
       WHERE NOT EXISTS (SELECT FROM contacts.contact_list_member m WHERE m.list_id = ${list} AND m.contact_id = matching.id)`,
      [...parameters, listId, now],
    );
  }

  /** Serialises evaluations of a partner's segments until the transaction ends. */
  private async lock(partnerId: PartnerId): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`segments of ${partnerId}`]);
  }
}

const notASegment = (id: ContactListId): DomainError =>
  new DomainError(
    'contact-list.not-a-segment',
    'The contacts of this list are chosen by hand: it has no rule. Create a segment instead.',
    { field: 'rule', id },
    { kind: 'conflict' },
  );
