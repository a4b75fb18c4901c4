import { isReservedMailbox } from './reserved-mailboxes.js';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, isUniqueViolation, unnestRows } from '#database';
import {
  type Actor,
  Clock,
  countryOf,
  DomainError,
  newId,
  notFound,
  type OrganisationId,
  type PartnerId,
  type ProgrammeId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { type Organisation, type OrganisationKind, slugOf } from './organisation.js';

const COLUMNS = `id, kind, name, slug, country_code, time_zone`;

export interface NewOrganisation {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly countryCode: string;
  readonly timeZone: string;
  /** Of a caller that needs it before the row exists; absent: a new one. */
  readonly id?: OrganisationId;
  /** Languages that a vendor's new campaigns begin with, BCP 47. */
  readonly languages?: readonly string[];
  /** Its data are invented. */
  readonly isSample?: boolean;
}

/** A vendor in the operator's list. */
export interface VendorOfInstallation {
  readonly id: VendorId;
  readonly name: string;
  readonly createdAt: Date;
}

/** Rows of one statement: a slug that is taken costs one for each of them. */
const MANY = 250;

interface NewPartnerRow extends Pick<NewOrganisation, 'name' | 'countryCode' | 'timeZone'> {
  readonly id: PartnerId;
  readonly slug: string;
  /** Where the slug is taken. */
  readonly numbered: string;
}

/** The slug by the name, and the one if it is taken; the same for names that are no mailbox. */
function slugsFor(id: OrganisationId, name: string): { readonly named: string; readonly numbered: string } {
  const named = slugOf(name) || 'organisation';
  const numbered = `${named.slice(0, 36)}-${id.slice(-8)}`;
  return { named: named === 'organisation' || isReservedMailbox(named) ? numbered : named, numbered };
}

/** Vendors, distributors and partners: master data alone. */
@Injectable()
export class Organisations {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `organisation.not-found`, also for one without a common
   *   programme.
   */
  async get(actor: Actor, id: OrganisationId): Promise<Organisation> {
    return this.database.inTransaction(actor, async () => {
      const [found] = await this.database.query<Organisation>(
        `SELECT ${COLUMNS} FROM organisations.organisation WHERE id = $1`,
        [id],
      );
      if (found === undefined) throw notFound('organisation', id);
      return found;
    });
  }

  /** Whether everything that belonged to it was deleted. */
  async isDeleted(actor: Actor, id: OrganisationId): Promise<boolean> {
    const deleted = await this.database.inTransaction(actor, () =>
      this.database.query('SELECT 1 FROM organisations.organisation WHERE id = $1 AND deleted_at IS NOT NULL', [id]),
    );
    return deleted.length > 0;
  }

  /** Joins the open transaction of a process. Its name, slug and country stay. */
  async recordDeletion(id: OrganisationId): Promise<void> {
    await this.database.query(
      'UPDATE organisations.organisation SET deleted_at = coalesce(deleted_at, $2) WHERE id = $1',
      [id, this.clock.now()],
    );
  }

  async byIds(actor: Actor, ids: readonly OrganisationId[]): Promise<Map<OrganisationId, Organisation>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Organisation>(`SELECT ${COLUMNS} FROM organisations.organisation WHERE id = ANY ($1)`, [ids]),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The partner that a sending address names, or null. */
  async partnerBySlug(actor: SystemActor, slug: string): Promise<PartnerId | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: PartnerId }>(
        `SELECT id FROM organisations.organisation WHERE slug = $1 AND kind = 'partner'`,
        [slug],
      ),
    );
    return found?.id ?? null;
  }

  /**
   * Creates an organisation. Vendor users may create partners only; the policy
   * enforces it, too.
   * @throws DomainError `organisation.forbidden`,
   *   `organisation.country-unknown`.
   */
  async create(actor: VendorActor | SystemActor, input: NewOrganisation): Promise<OrganisationId> {
    if (actor.kind === 'vendor' && input.kind !== 'partner')
      throw new DomainError('organisation.forbidden', 'You can add partners only.', {}, { kind: 'forbidden' });
    if (countryOf(input.countryCode) !== input.countryCode)
      throw new DomainError(
        'organisation.country-unknown',
        'No country has this code. Write its two capital letters (ISO 3166), for example GB.',
        { field: 'countryCode', countryCode: input.countryCode },
      );
    return this.database.inTransaction(actor, async () => {
      const id = input.id ?? newId<OrganisationId>();
      const { named, numbered } = slugsFor(id, input.name);
      // A slug may be taken by an organisation that the actor cannot see.
      // So the unique index decides, not a look-up.
      try {
        await this.database.inSavepoint(() => this.insert(id, named, input));
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        await this.insert(id, numbered, input);
      }
      await this.audit.record(actor, {
        action: 'organisation.created',
        subject: { kind: 'organisation', id },
        details: { kind: input.kind, name: input.name },
      });
      return id;
    });
  }

  /**
   * The same for many new partners in a few statements, in their order. The
   * caller has checked the countries. Joins the open transaction.
   */
  async createPartners(
    actor: VendorActor,
    partners: readonly Pick<NewOrganisation, 'name' | 'countryCode' | 'timeZone'>[],
  ): Promise<PartnerId[]> {
    const used = new Set<string>();
    const rows = partners.map(({ name, countryCode, timeZone }) => {
      const id = newId<PartnerId>();
      const { named, numbered } = slugsFor(id, name);
      const slug = used.has(named) ? numbered : named;
      used.add(slug);
      return { id, name, slug, numbered, countryCode, timeZone };
    });
    for (let from = 0; from < rows.length; from += MANY) await this.insertMany(rows.slice(from, from + MANY));
    await this.audit.recordAll(
      actor,
      rows.map(({ id, name }) => ({
        action: 'organisation.created',
        subject: { kind: 'organisation', id },
        details: { kind: 'partner', name },
      })),
    );
    return rows.map(({ id }) => id);
  }

  /** If an organisation that the actor may not see has one of the slugs, each row is tried by itself. */
  private async insertMany(rows: readonly NewPartnerRow[]): Promise<void> {
    try {
      await this.database.inSavepoint(() => this.insertRows(rows));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const [first] = rows;
      if (rows.length > 1) for (const row of rows) await this.insertMany([row]);
      else if (first !== undefined) await this.insertRows([{ ...first, slug: first.numbered }]);
    }
  }

  private async insertRows(rows: readonly NewPartnerRow[]): Promise<void> {
    const given = unnestRows(
      rows.map(({ id, name, slug, countryCode, timeZone }) => ({ id, name, slug, countryCode, timeZone })),
      { id: 'uuid', name: 'text', slug: 'text', countryCode: 'text', timeZone: 'text' },
      [this.clock.now()],
    );
    await this.database.query(
      `INSERT INTO organisations.organisation (kind, created_at, id, name, slug, country_code, time_zone)
       SELECT 'partner', $1::timestamptz, given.* FROM ${given.from}`,
      given.parameters,
    );
  }

  private async insert(id: OrganisationId, slug: string, input: NewOrganisation): Promise<void> {
    await this.database.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at, languages, is_sample)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        input.kind,
        input.name,
        slug,
        input.countryCode,
        input.timeZone,
        this.clock.now(),
        input.languages ?? [],
        input.isSample ?? false,
      ],
    );
  }

  /** All vendors of the installation by name, for its operator. */
  async vendors(actor: SystemActor): Promise<VendorOfInstallation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<VendorOfInstallation>(
        `SELECT id, name, created_at FROM organisations.organisation WHERE kind = 'vendor' AND deleted_at IS NULL ORDER BY lower(name), id`,
      ),
    );
  }

  /** The vendor that the address of a public page names, or null. */
  async vendorBySlug(
    actor: SystemActor,
    slug: string,
  ): Promise<{ readonly id: VendorId; readonly name: string } | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: VendorId; name: string }>(
        `SELECT id, name FROM organisations.organisation WHERE slug = $1 AND kind = 'vendor' AND deleted_at IS NULL`,
        [slug],
      ),
    );
    return found ?? null;
  }

  async createProgramme(actor: SystemActor, vendorId: VendorId, name: string): Promise<ProgrammeId> {
    return this.database.inTransaction(actor, async () => {
      const id = newId<ProgrammeId>();
      await this.database.query(
        'INSERT INTO organisations.programme (id, vendor_id, name, created_at) VALUES ($1, $2, $3, $4)',
        [id, vendorId, name, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'programme.created',
        subject: { kind: 'programme', id },
        vendorId,
        details: { name },
      });
      return id;
    });
  }

  /**
   * The vendor's programme: its oldest.
   * @throws DomainError `programme.missing`.
   */
  async programmeOf(actor: VendorActor): Promise<{ id: ProgrammeId; name: string }> {
    const [first] = await this.programmes(actor, actor.vendorId);
    if (first !== undefined) return first;
    throw new DomainError(
      'programme.missing',
      'Your organisation has no partner programme yet. Ask the operator to set one up.',
      {},
      { kind: 'conflict' },
    );
  }

  /** The vendor's programmes, oldest first. */
  async programmes(actor: VendorActor | SystemActor, vendorId: VendorId): Promise<{ id: ProgrammeId; name: string }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<{ id: ProgrammeId; name: string }>(
        'SELECT id, name FROM organisations.programme WHERE vendor_id = $1 ORDER BY id',
        [vendorId],
      ),
    );
  }
}
