import { Injectable, Logger } from '@nestjs/common';
import { NIL } from 'uuid';
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

type DueSegment = Pick<StoredSegment, 'listId' | 'partnerId'>;

const SEGMENTS = systemActor('segments');
/** Changed contacts of one transaction. */
const CHANGES = 5_000;
const PARTNERS = 50;
const WHOLE = 20;
/** Between whole evaluations of a rule that time changes, and of another. */
const OFTEN_MS = 5 * MINUTE_MS;
const DAILY_MS = 24 * 60 * MINUTE_MS;
/** After a failure. The time doubles with each one in a row. */
const FIRST_RETRY_MS = MINUTE_MS;
const LAST_RETRY_MS = 240 * MINUTE_MS;
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
  /** The partner whose changes were applied last. */
  private lastChanged: string = NIL;

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
      const segments = await this.among(partnerId, listIds);
      if (segments.length === 0) return;
      await this.lock(partnerId);
      for (const segment of segments) await this.evaluateWhole(segment, null);
    });
  }

  /**
   * Those of the contacts that are on one of the lists now. A segment is asked by
   * its rule: its rows follow a change after up to a second, and a contact that
   * is to be left out would have entered by then. Reads only, so it neither waits
   * for the evaluation of a whole segment nor holds one up.
   */
  async membersNow(
    actor: Actor,
    listIds: readonly ContactListId[],
    contactIds: readonly ContactId[],
  ): Promise<ReadonlySet<ContactId>> {
    if (listIds.length === 0 || contactIds.length === 0) return new Set();
    const scope = { partnerId: partnerOf(actor), now: this.clock.now(), only: contactIds };
    return this.database.inTransaction(actor, async () => {
      const segments = await this.among(scope.partnerId, listIds);
      const ruled = new Set(segments.map(({ listId }) => listId));
      const byHand = listIds.filter((id) => !ruled.has(id));
      const found = new Set(await this.lists.membersAmong(actor, byHand, contactIds));
      for (const { rule } of segments) {
        const { where, parameters } = segmentSql(rule, scope);
        const matching = await this.database.query<{ id: ContactId }>(
          `SELECT c.id FROM contacts.contact c WHERE ${where}`,
          [...parameters],
        );
        for (const { id } of matching) found.add(id);
      }
      return found;
    });
  }

  /** Those of the lists that are segments, in one order. */
  private among(partnerId: PartnerId, listIds: readonly ContactListId[]): Promise<StoredSegment[]> {
    return this.database.query<StoredSegment>(
      'SELECT list_id, partner_id, rule FROM contacts.segment WHERE list_id = ANY ($1) AND partner_id = $2 ORDER BY list_id',
      [listIds, partnerId],
    );
  }

  /**
   * Applies the changes of contacts that are noted, and evaluates segments whose
   * time has come. Partners take turns, and a segment that fails is left alone
   * for a while: neither delays the others.
   * @returns whether there may be more.
   */
  async evaluateDue(): Promise<boolean> {
    const changed = await this.nextChanged();
    let hasMore = changed.length === PARTNERS;
    for (const partnerId of changed)
      if (await this.reportingFailure(() => this.applyChanges(partnerId))) hasMore = true;
    // Not for those whose partner is locked: they stay due, and the loop would go on without a pause.
    for (const segment of await this.nextDue())
      if (await this.reportingFailure(() => this.evaluateAgain(segment))) hasMore = true;
    return hasMore;
  }

  /** The first one of each partner, then the second ones: a locked partner with many hides nobody. */
  private async nextDue(): Promise<DueSegment[]> {
    return this.database.inTransaction(SEGMENTS, () =>
      this.database.query<DueSegment>(
        `SELECT list_id, partner_id FROM contacts.segment_due WHERE next_at <= $1
         ORDER BY row_number() OVER (PARTITION BY partner_id ORDER BY next_at), next_at LIMIT $2`,
        [this.clock.now(), WHOLE],
      ),
    );
  }

  /** The next partners with changes, in turn. One index look-up for each, however many changes it has. */
  private async nextChanged(): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(SEGMENTS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `WITH RECURSIVE partner AS (
           SELECT (SELECT c.partner_id FROM contacts.segment_change c WHERE c.partner_id > $1 ORDER BY c.partner_id LIMIT 1) AS id
           UNION ALL
           SELECT (SELECT c.partner_id FROM contacts.segment_change c WHERE c.partner_id > p.id ORDER BY c.partner_id LIMIT 1)
           FROM partner p WHERE p.id IS NOT NULL)
         SELECT id AS partner_id FROM partner WHERE id IS NOT NULL LIMIT $2`,
        [this.lastChanged, PARTNERS],
      ),
    );
    const partners = rows.map(({ partnerId }) => partnerId);
    // After the last one it is the first one's turn.
    this.lastChanged = partners.length < PARTNERS ? NIL : (partners.at(-1) ?? NIL);
    return partners;
  }

  private async reportingFailure(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      this.logger.error('Changes of contacts could not be applied to segments; that is tried again.', error);
      return false;
    }
  }

  /** @returns whether there are more. */
  private async applyChanges(partnerId: PartnerId): Promise<boolean> {
    return this.database.inTransaction(systemActor('segments', { partnerId }), async () => {
      if (!(await this.isFree(partnerId))) return false;
      const rows = await this.database.query<{ contactId: ContactId }>(
        `DELETE FROM contacts.segment_change WHERE id IN (
           SELECT id FROM contacts.segment_change WHERE partner_id = $1 ORDER BY id LIMIT $2)
         RETURNING contact_id`,
        [partnerId, CHANGES],
      );
      const contactIds = [...new Set(rows.map(({ contactId }) => contactId))];
      // A segment that has failed is evaluated as a whole, with these changes.
      const segments = await this.database.query<StoredSegment>(
        `SELECT s.list_id, s.partner_id, s.rule FROM contacts.segment s JOIN contacts.segment_due d USING (list_id)
         WHERE s.partner_id = $1 AND d.failures = 0 ORDER BY s.list_id`,
        [partnerId],
      );
      for (const segment of segments)
        try {
          await this.database.inSavepoint(() => this.evaluate(segment, contactIds));
        } catch (error) {
          await this.recordFailure(segment, error);
        }
      return rows.length === CHANGES;
    });
  }

  /** @returns false if it failed, or another process has its partner's lock or has evaluated it. */
  private async evaluateAgain({ listId, partnerId }: DueSegment): Promise<boolean> {
    const actor = systemActor('segments', { partnerId });
    try {
      return await this.database.inTransaction(actor, async () => {
        await this.database.withoutTimeLimit();
        if (!(await this.isFree(partnerId))) return false;
        // It may have been deleted, or evaluated by another process.
        const [segment] = await this.database.query<StoredSegment>(
          'SELECT s.list_id, s.partner_id, s.rule FROM contacts.segment s JOIN contacts.segment_due d USING (list_id) WHERE d.list_id = $1 AND d.next_at <= $2',
          [listId, this.clock.now()],
        );
        if (segment === undefined) return false;
        await this.evaluateWhole(segment, null);
        return true;
      });
    } catch (error) {
      await this.database.inTransaction(actor, () => this.recordFailure({ listId }, error));
      return false;
    }
  }

  /** The segment is evaluated later, as a whole. In the open transaction of its partner. */
  private async recordFailure({ listId }: Pick<DueSegment, 'listId'>, error: unknown): Promise<void> {
    this.logger.error(`Segment ${listId} could not be evaluated; it is tried again later.`, error);
    const now = this.clock.now();
    await this.database.query(
      `UPDATE contacts.segment_due SET failures = failures + 1, failed_at = $2, problem = $3,
         next_at = $2::timestamptz + least($4 * 2 ^ least(failures, 20), $5) * interval '1 millisecond' WHERE list_id = $1`,
      [listId, now, problemOf(error), FIRST_RETRY_MS, LAST_RETRY_MS],
    );
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
       ON CONFLICT (list_id) DO UPDATE SET next_at = excluded.next_at, failures = 0, failed_at = NULL, problem = NULL`,
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
    await this.database.lock(lockOf(partnerId));
  }

  /**
   * The same without waiting.
   * @returns false if another process evaluates segments of the partner now.
   */
  private async isFree(partnerId: PartnerId): Promise<boolean> {
    const [row] = await this.database.query<{ isFree: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS is_free',
      [lockOf(partnerId)],
    );
    return row?.isFree === true;
  }
}

const lockOf = (partnerId: PartnerId): string => `segments of ${partnerId}`;

/** The SQLSTATE of PostgreSQL, or the name of another error. */
function problemOf(error: unknown): string {
  const { driverError, name } = error as { driverError?: { code?: string }; name?: string };
  return driverError?.code ?? name ?? 'unknown';
}

const notASegment = (id: ContactListId): DomainError =>
  new DomainError(
    'contact-list.not-a-segment',
    'The contacts of this list are chosen by hand: it has no rule. Create a segment instead.',
    { field: 'rule', id },
    { kind: 'conflict' },
  );
