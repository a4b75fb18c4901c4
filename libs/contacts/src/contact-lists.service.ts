import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { SegmentRule } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  type ContactId,
  type ContactListId,
  DomainError,
  newId,
  notFound,
  type PartnerId,
} from '#kernel';
import { editorOf, partnerOf } from './authority.js';
import { checkField, withoutUnsafeCharacters } from './contact-fields.js';
import type { ContactList } from './contact.js';
import { ContactListSchema } from './contact.schema.js';

export type ContactListWithSize = ContactList & {
  readonly size: number;
  /** Of a segment; null: its contacts are chosen by hand. */
  readonly rule: SegmentRule | null;
};

/**
 * The size of list `l`: the stored count plus deltas that are not folded yet.
 */
export const LIST_SIZE =
  'l.size + (SELECT coalesce(sum(d.n), 0)::int FROM contacts.contact_list_delta d WHERE d.list_id = l.id)';

/** Leaves room for a number in the name of a list. */
const MAX_NUMBERED_LENGTH = 180;

/**
 * The next contacts of lists, each once, by id. $1: the lists, $2: the partner,
 * $3: the contact before, $4: how many.
 */
export const PAGE_OF_LISTS = `SELECT DISTINCT m.contact_id FROM unnest($1::uuid[]) l (id) CROSS JOIN LATERAL (
     SELECT contact_id FROM contacts.contact_list_member
     WHERE list_id = l.id AND partner_id = $2 AND contact_id > $3 ORDER BY contact_id LIMIT $4) m
   ORDER BY m.contact_id LIMIT $4`;

/**
 * A partner's named sets of contacts. A contact may be in many lists. One list
 * may be the default for launches. A trigger maintains the size:
 * libs/database/functions/contacts.count_members.sql.
 */
@Injectable()
export class ContactLists {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `contact-list.not-found`. */
  async get(actor: Actor, id: ContactListId): Promise<ContactList> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () => this.find(partnerId, id));
  }

  /**
   * Every list by name, the default first, with how many contacts are in it.
   */
  async all(actor: Actor): Promise<ContactListWithSize[]> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, () => this.sized(partnerId, null));
  }

  /** The names of lists, by their ids. */
  async names(actor: Actor, ids: readonly ContactListId[]): Promise<ReadonlyMap<ContactListId, string>> {
    const partnerId = partnerOf(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactListId; name: string }>(
        'SELECT id, name FROM contacts.contact_list WHERE id = ANY ($1) AND partner_id = $2',
        [ids, partnerId],
      ),
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** The names of the lists that contacts are on. */
  async namesOf(actor: Actor, contactIds: readonly ContactId[]): Promise<Map<ContactId, string[]>> {
    const partnerId = partnerOf(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId; names: string[] }>(
        `SELECT m.contact_id AS id, array_agg(l.name) AS names FROM contacts.contact_list_member m JOIN contacts.contact_list l ON l.id = m.list_id
         WHERE m.contact_id = ANY ($1) AND m.partner_id = $2 GROUP BY m.contact_id`,
        [contactIds, partnerId],
      ),
    );
    return new Map(rows.map(({ id, names }) => [id, names]));
  }

  /** @throws DomainError `contact-list.not-found` with the first list that is not there. */
  async requireLists(actor: Actor, ids: readonly ContactListId[]): Promise<void> {
    const known = await this.names(actor, ids);
    const lost = ids.find((id) => !known.has(id));
    if (lost !== undefined) throw notFound('contact-list', lost);
  }

  /** How many contacts are on the lists; a contact on two of them counts once. */
  async countContacts(actor: Actor, ids: readonly ContactListId[]): Promise<number> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      // The size of one list is stored.
      if (ids.length <= 1) return ids[0] === undefined ? 0 : ((await this.sized(partnerId, ids[0]))[0]?.size ?? 0);
      const [row] = await this.database.query<{ n: number }>(
        'SELECT count(DISTINCT contact_id)::int AS n FROM contacts.contact_list_member WHERE list_id = ANY ($1) AND partner_id = $2',
        [ids, partnerId],
      );
      return row?.n ?? 0;
    });
  }

  /**
   * Those of the contacts that are on one of the lists. The rows of a segment
   * follow late: see `Segments.membersNow`.
   */
  async membersAmong(
    actor: Actor,
    ids: readonly ContactListId[],
    contactIds: readonly ContactId[],
  ): Promise<ReadonlySet<ContactId>> {
    if (ids.length === 0 || contactIds.length === 0) return new Set();
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId }>(
        'SELECT DISTINCT contact_id AS id FROM contacts.contact_list_member WHERE list_id = ANY ($1) AND partner_id = $2 AND contact_id = ANY ($3)',
        [ids, partnerOf(actor), contactIds],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Changes when the members of the lists change. Also changes with any contact,
   * consent, preference or opt-out of this partner. It is the sum of the rows'
   * transaction ids. Reads the lists once.
   */
  async changeToken(actor: Actor, ids: readonly ContactListId[]): Promise<string> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ state: string }>(
        `SELECT concat_ws(' ', (SELECT concat_ws(' ', count(*), sum(hashtextextended(c.id::text || c.xmin::text, 0))) FROM contacts.contact_list_member m
             JOIN contacts.contact c ON c.id = m.contact_id WHERE m.list_id = ANY ($1) AND m.partner_id = $2),
           (SELECT concat_ws(' ', count(*), sum(xmin::text::bigint)) FROM contacts.suppression WHERE partner_id = $2),
           (SELECT concat_ws(' ', count(*), sum(xmin::text::bigint)) FROM contacts.preference WHERE partner_id = $2),
           (SELECT concat_ws(' ', count(*), sum(xmin::text::bigint)) FROM contacts.refused_topic WHERE partner_id = $2)) AS state`,
        [ids, partnerOf(actor)],
      ),
    );
    return row?.state ?? '';
  }

  /** @throws DomainError `contact-list.not-found`. */
  async withSize(actor: Actor, id: ContactListId): Promise<ContactListWithSize> {
    const partnerId = partnerOf(actor);
    const [list] = await this.database.inTransaction(actor, () => this.sized(partnerId, id));
    if (list === undefined) throw notFound('contact-list', id);
    return list;
  }

  /**
   * @param input `isDefault`: absent, the partner's first list is its default.
   * @throws DomainError `contact-list.name-taken`, `contact-list.name-invalid`.
   */
  async create(actor: Actor, input: { name: string; isDefault?: boolean }): Promise<ContactList> {
    const partnerId = editorOf(actor);
    const name = checkedName(input.name);
    return this.database.inTransaction(actor, async () => {
      await this.refuseDuplicateName(partnerId, name, null);
      const lists = this.database.manager.getRepository(ContactListSchema);
      const isDefault = input.isDefault ?? !(await lists.existsBy({ partnerId, isDefault: true }));
      if (isDefault) await this.clearDefault(partnerId);
      const list: ContactList = { id: newId(), partnerId, name, isDefault, createdAt: this.clock.now() };
      await lists.insert(list);
      await this.audit.record(actor, {
        action: 'contact-list.created',
        subject: { kind: 'contact-list', id: list.id },
      });
      return list;
    });
  }

  /**
   * Creates a list with this name, or with the name and the first number that is
   * free. Its name is never refused: who sends a form is on a list, or lost.
   */
  async createNumbered(actor: Actor, input: { name: string; isDefault: boolean }): Promise<ContactList> {
    const partnerId = editorOf(actor);
    const wanted = withoutUnsafeCharacters(input.name.slice(0, MAX_NUMBERED_LENGTH));
    return this.database.inTransaction(actor, async () => {
      await this.lockNames(partnerId);
      // One of as many names as there are lists, and one more, is free.
      const [free] = await this.database.query<{ name: string }>(
        `SELECT named.name FROM generate_series(1, 1 + (SELECT count(*) FROM contacts.contact_list WHERE partner_id = $1)) n
         CROSS JOIN LATERAL (SELECT CASE n WHEN 1 THEN $2 ELSE concat($2::text, ' (', n, ')') END AS name) named
         WHERE lower(named.name) NOT IN (SELECT lower(l.name) FROM contacts.contact_list l WHERE l.partner_id = $1) ORDER BY n LIMIT 1`,
        [partnerId, wanted],
      );
      return this.create(actor, { ...input, name: free?.name ?? wanted });
    });
  }

  /**
   * A list with all of the partner's contacts. An existing list of this name
   * gets those that it lacks.
   * @throws DomainError `contact-list.name-invalid`, `contact-list.is-segment`.
   */
  async createOfAll(actor: Actor, name: string): Promise<ContactListWithSize> {
    const partnerId = editorOf(actor);
    const wanted = checkedName(name).toLowerCase();
    return this.database.inTransaction(actor, async () => {
      await this.lockNames(partnerId);
      const known = await this.findLocked(actor, (list) => list.name.toLowerCase() === wanted);
      const { id } = known ?? (await this.create(actor, { name }));
      await this.requireByHand(id);
      await this.database.query(
        `INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
         SELECT $1, id, partner_id, $3 FROM contacts.contact WHERE partner_id = $2 ON CONFLICT DO NOTHING`,
        [id, partnerId, this.clock.now()],
      );
      if (known !== null)
        await this.audit.record(actor, { action: 'contact-list.changed', subject: { kind: 'contact-list', id } });
      return this.withSize(actor, id);
    });
  }

  /**
   * Renames a list or makes it the default.
   * @throws DomainError as `create`, and `contact-list.not-found`.
   */
  async change(actor: Actor, id: ContactListId, to: { name?: string; isDefault?: true }): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.find(partnerId, id);
      const name = to.name === undefined ? null : checkedName(to.name);
      if (name !== null) await this.refuseDuplicateName(partnerId, name, id);
      if (to.isDefault === true) await this.clearDefault(partnerId);
      // Only what is given is written: another person may change the rest at
      // the same moment.
      await this.database.query(
        `UPDATE contacts.contact_list SET name = coalesce($2, name), is_default = is_default OR $3 WHERE id = $1`,
        [id, name, to.isDefault === true],
      );
      await this.audit.record(actor, { action: 'contact-list.changed', subject: { kind: 'contact-list', id } });
    });
  }

  /**
   * Deletes the list; its contacts stay. A partner with lists always has a
   * default, else a launch would choose none.
   * @param next the default from then on; null: the list with the most
   *   contacts. Ignored unless the deleted list is the default.
   * @throws DomainError `contact-list.in-use` when an activation runs on it,
   *   `contact-list.not-found` for either list.
   */
  async remove(actor: Actor, id: ContactListId, next: ContactListId | null = null): Promise<void> {
    const partnerId = editorOf(actor);
    try {
      await this.database.inTransaction(actor, async () => {
        await this.lockNames(partnerId);
        const { isDefault } = await this.find(partnerId, id);
        await this.audit.record(actor, { action: 'contact-list.removed', subject: { kind: 'contact-list', id } });
        await this.database.query('DELETE FROM contacts.contact_list WHERE id = $1', [id]);
        const heir = next ?? (await this.largest(partnerId))?.id ?? null;
        if (isDefault && heir !== null) await this.change(actor, heir, { isDefault: true });
      });
    } catch (cause) {
      if (!isForeignKeyViolation(cause)) throw cause;
      const titles = await this.database.inTransaction(actor, () => this.usesOf(id));
      throw new DomainError(
        'contact-list.in-use',
        `These campaigns were launched to this list, or leave it out, so it cannot be deleted: ${titles.join(', ')}. Create another list for the next one.`,
        { id, campaigns: titles.join(', ') },
        { cause, kind: 'conflict' },
      );
    }
  }

  /**
   * A list of the partner, locked until the transaction ends; null if there is
   * none.
   */
  async findLocked(actor: Actor, isIntended: (list: ContactList) => boolean): Promise<ContactList | null> {
    const partnerId = partnerOf(actor);
    const lists = this.database.manager.getRepository(ContactListSchema);
    const found = (await lists.findBy({ partnerId })).find(isIntended);
    if (found === undefined) return null;
    const [kept] = await this.database.query('SELECT 1 FROM contacts.contact_list WHERE id = $1 FOR KEY SHARE', [
      found.id,
    ]);
    return kept === undefined ? null : found;
  }

  /**
   * Deletes an empty list that a stopped or failed import created. A list stays
   * if it is launched to, filled by hand or filled by another import.
   */
  async removeUnfilled(actor: Actor, id: ContactListId): Promise<void> {
    const partnerId = editorOf(actor);
    try {
      await this.database.inTransaction(actor, async () => {
        // Locked before the check: an import accepted meanwhile is seen.
        await this.database.query('SELECT 1 FROM contacts.contact_list WHERE id = $1 FOR UPDATE', [id]);
        const unfilled = await this.database.query(
          `UPDATE contacts.contact_import SET list_id = NULL WHERE list_id = $1 AND partner_id = $2
             AND EXISTS (SELECT 1 FROM contacts.contact_import i WHERE i.list_id = $1 AND i.made_list)
             AND NOT EXISTS (SELECT 1 FROM contacts.contact_import i WHERE i.list_id = $1 AND i.status NOT IN ('cancelled', 'failed'))
             AND NOT EXISTS (SELECT 1 FROM contacts.contact_list_member m WHERE m.list_id = $1) RETURNING id`,
          [id, partnerId],
        );
        if (unfilled.length > 0) await this.remove(actor, id);
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'contact-list.in-use') throw error;
    }
  }

  /**
   * Adds contacts to a list; existing members stay.
   * Joins the open transaction.
   * @throws DomainError `contact-list.not-found`, `contact-list.is-segment`.
   */
  async addContacts(actor: Actor, id: ContactListId, contactIds: readonly ContactId[]): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.find(partnerId, id);
      await this.requireByHand(id);
      await this.database.query(
        `INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at)
         SELECT $1, id, partner_id, $4 FROM contacts.contact WHERE partner_id = $2 AND id = ANY ($3::uuid[])
         ON CONFLICT DO NOTHING`,
        [id, partnerId, contactIds, this.clock.now()],
      );
    });
  }

  /**
   * Takes a contact out of a list.
   * @throws DomainError `contact-list.not-found`, `contact-list.is-segment`.
   */
  async removeContact(actor: Actor, id: ContactListId, contactId: ContactId): Promise<void> {
    const partnerId = editorOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.find(partnerId, id);
      await this.requireByHand(id);
      await this.database.query('DELETE FROM contacts.contact_list_member WHERE list_id = $1 AND contact_id = $2', [
        id,
        contactId,
      ]);
    });
  }

  /**
   * Refuses a list whose contacts follow from a rule. In the open transaction.
   * @throws DomainError `contact-list.is-segment`.
   */
  async requireByHand(id: ContactListId): Promise<void> {
    const [segment] = await this.database.query('SELECT 1 FROM contacts.segment WHERE list_id = $1', [id]);
    if (segment === undefined) return;
    throw new DomainError(
      'contact-list.is-segment',
      'This list is a segment: its rule decides who is in it. Change the rule, or choose another list.',
      { id },
      { kind: 'conflict' },
    );
  }

  private async largest(partnerId: PartnerId): Promise<ContactListWithSize | undefined> {
    const lists = await this.sized(partnerId, null);
    return lists.toSorted((one, other) => other.size - one.size)[0];
  }

  /** Titles of campaigns, each once, the newest launch first; of more than five, the first five and "…". */
  private async usesOf(id: ContactListId): Promise<string[]> {
    const rows = await this.database.query<{ title: string }>('SELECT title FROM contacts.uses_of_list($1) title', [
      id,
    ]);
    const titles = [...new Set(rows.map(({ title }) => title))];
    return titles.length > 5 ? [...titles.slice(0, 5), '…'] : titles;
  }

  private async find(partnerId: PartnerId, id: ContactListId): Promise<ContactList> {
    const list = await this.database.manager.getRepository(ContactListSchema).findOneBy({ id, partnerId });
    if (list === null) throw notFound('contact-list', id);
    return list;
  }

  private async sized(partnerId: PartnerId, id: ContactListId | null): Promise<ContactListWithSize[]> {
    return this.database.query<ContactListWithSize>(
      `SELECT l.id, l.partner_id, l.name, l.is_default, l.created_at,
         ${LIST_SIZE} AS size, s.rule
       FROM contacts.contact_list l LEFT JOIN contacts.segment s ON s.list_id = l.id WHERE l.partner_id = $1 AND ($2::uuid IS NULL OR l.id = $2)
       ORDER BY l.is_default DESC, lower(l.name)`,
      [partnerId, id],
    );
  }

  private async clearDefault(partnerId: PartnerId): Promise<void> {
    await this.database.query(
      'UPDATE contacts.contact_list SET is_default = false WHERE partner_id = $1 AND is_default',
      [partnerId],
    );
  }

  private async lockNames(partnerId: PartnerId): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`list names of ${partnerId}`]);
  }

  /**
   * Locks the names of the partner's lists until the transaction ends.
   * No other transaction can use the name meanwhile.
   */
  private async refuseDuplicateName(partnerId: PartnerId, name: string, except: ContactListId | null): Promise<void> {
    await this.lockNames(partnerId);
    const [taken] = await this.database.query(
      'SELECT 1 FROM contacts.contact_list WHERE partner_id = $1 AND lower(name) = lower($2) AND id IS DISTINCT FROM $3',
      [partnerId, name, except],
    );
    if (taken === undefined) return;
    throw new DomainError(
      'contact-list.name-taken',
      `There is a list called "${name}" already. Choose another name.`,
      { field: 'name' },
      { kind: 'conflict' },
    );
  }
}

function checkedName(input: string): string {
  const checked = checkField('company', input);
  if ('value' in checked && checked.value !== null) return checked.value;
  throw new DomainError('contact-list.name-invalid', 'A list needs a name of at most 200 characters, in one line.', {
    field: 'name',
  });
}

function isForeignKeyViolation(error: unknown): boolean {
  return (error as { driverError?: { code?: string } }).driverError?.code === '23503';
}
