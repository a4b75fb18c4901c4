import { isReservedMailbox } from './reserved-mailboxes.js';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, isUniqueViolation } from '#database';
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
      const named = slugOf(input.name) || 'organisation';
      const numbered = `${named.slice(0, 36)}-${id.slice(-8)}`;
      const slug = named === 'organisation' || isReservedMailbox(named) ? numbered : named;
      // A slug may be taken by an organisation that the actor cannot see.
      // So the unique index decides, not a look-up.
      await this.database.query('SAVEPOINT slug');
      try {
        await this.insert(id, slug, input);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        await this.database.query('ROLLBACK TO SAVEPOINT slug');
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
