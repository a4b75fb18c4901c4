import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { Clock, DomainError, type PartnerId, type VendorActor, type VendorProcess } from '#kernel';
import { TERMS_PUBLISHED } from './terms.jobs.js';
import { dayOf, requireDaysToCome, type TermsAcceptance, type TermsVersion } from './terms-version.js';

/** A version as its vendor sees it. */
export interface PublishedTerms extends TermsVersion {
  readonly publishedBy: string;
  readonly publishedAt: Date;
  /** Present partners that have accepted this version or a newer one. */
  readonly acceptedCount: number;
}

/** A partner of the programme, and the newest version that it has accepted. */
export interface PartnerOfTerms {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly acceptance: TermsAcceptance | null;
}

const PARTNERS = `SELECT DISTINCT partner_id FROM organisations.membership_view WHERE vendor_id = $1 AND status = 'active'`;

/** The terms of a vendor's programme, by version, and who accepted them. */
@Injectable()
export class ProgrammeTerms {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** Newest first. */
  async list(actor: VendorActor | VendorProcess): Promise<PublishedTerms[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<PublishedTerms>(
        `WITH newest AS (
           SELECT max(number) AS number FROM joining.terms_acceptance
           WHERE vendor_id = $1 AND partner_id IN (${PARTNERS}) GROUP BY partner_id)
         SELECT number, texts, effective_on::text, accept_by::text, is_required, published_by, published_at,
           (SELECT count(*)::int FROM newest WHERE newest.number >= v.number) AS accepted_count
         FROM joining.terms_version v WHERE vendor_id = $1 ORDER BY number DESC`,
        [actor.vendorId],
      ),
    );
  }

  /** Present partners. */
  async countPartners(actor: VendorActor): Promise<number> {
    const [counted] = await this.database.inTransaction(actor, () =>
      this.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM (${PARTNERS}) AS partner`, [
        actor.vendorId,
      ]),
    );
    return counted?.count ?? 0;
  }

  /**
   * Publishes a version. Its partners are told. It cannot be changed or taken back.
   * @param version its number is one more than the newest one.
   * @throws DomainError `programme-terms.day-past`, `programme-terms.not-next`.
   */
  async publish(actor: VendorActor | VendorProcess, version: TermsVersion): Promise<PublishedTerms[]> {
    requirePermission(actor, 'terms.edit');
    const now = this.clock.now();
    requireDaysToCome(version, dayOf(now));
    return this.database.inTransaction(actor, async () => {
      const { vendorId } = actor;
      const { number, texts, effectiveOn, acceptBy, isRequired } = version;
      await this.database.lock(`programme terms ${vendorId}`);
      const [newest] = await this.list(actor);
      if (number !== (newest?.number ?? 0) + 1) throw notNext(newest?.number ?? 0);
      await this.database.query(
        `INSERT INTO joining.terms_version (vendor_id, number, texts, effective_on, accept_by, is_required, published_by, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [vendorId, number, JSON.stringify(texts), effectiveOn, acceptBy, isRequired, actor.name, now],
      );
      await this.audit.record(actor, {
        action: 'programme-terms.published',
        subject: { kind: 'programme-terms', id: vendorId },
        details: { number, languages: Object.keys(texts), effectiveOn, acceptBy, isRequired },
      });
      await this.jobs.enqueue(TERMS_PUBLISHED, { vendorId, number });
      return this.list(actor);
    });
  }

  /**
   * Present partners in the order of their ids; pages by the last one seen.
   * @param page `hasAccepted`: whether they have accepted the newest version.
   */
  async partners(
    actor: VendorActor,
    page: { readonly hasAccepted: boolean; readonly limit: number; readonly afterId: PartnerId | null },
  ): Promise<PartnerOfTerms[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<PartnerRow>(
        `SELECT o.id AS partner_id, o.name, a.number, a.accepted_by, a.accepted_at, a.language, a.text_hash
         FROM organisations.organisation_view o
         LEFT JOIN LATERAL (
           SELECT * FROM joining.terms_acceptance t WHERE t.vendor_id = $1 AND t.partner_id = o.id
           ORDER BY number DESC LIMIT 1) a ON true
         WHERE o.id IN (${PARTNERS}) AND ($2::uuid IS NULL OR o.id > $2)
           AND (coalesce(a.number, 0) >= coalesce((SELECT max(number) FROM joining.terms_version WHERE vendor_id = $1), 1)) = $3
         ORDER BY o.id LIMIT $4`,
        [actor.vendorId, page.afterId, page.hasAccepted, page.limit],
      ),
    );
    return rows.map(({ partnerId, name, ...acceptance }) => ({
      partnerId,
      name,
      acceptance: isAcceptance(acceptance) ? acceptance : null,
    }));
  }
}

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null };
type PartnerRow = Pick<PartnerOfTerms, 'partnerId' | 'name'> & Nullable<TermsAcceptance>;

const isAcceptance = (columns: Nullable<TermsAcceptance>): columns is TermsAcceptance => columns.number !== null;

const notNext = (newest: number): DomainError =>
  new DomainError(
    'programme-terms.not-next',
    `The newest version has the number ${newest}. Somebody else has published it: load the page again.`,
    { field: 'number', newest },
    { kind: 'conflict' },
  );
