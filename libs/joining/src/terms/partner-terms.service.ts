import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, notFound, type PartnerActor, type PartnerProcess, type VendorId } from '#kernel';
import { dayOf, missedDay, type TermsAcceptance, type TermsVersion, textHash } from './terms-version.js';

/** The newest terms of a vendor, for one of its partners. */
export interface TermsForPartner extends TermsVersion {
  /** Of the newest version; null: the partner has not accepted it. */
  readonly acceptance: TermsAcceptance | null;
  /** Launches are refused until it is accepted. */
  readonly isOverdue: boolean;
}

type Numbered = Pick<TermsVersion, 'number' | 'acceptBy' | 'isRequired'>;

/** A partner's side of programme terms. */
@Injectable()
export class PartnerTerms {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The newest terms of a vendor; null: it has none. */
  async find(actor: PartnerActor | PartnerProcess, vendorId: VendorId): Promise<TermsForPartner | null> {
    return this.database.inTransaction(actor, async () => {
      const [newest] = await this.database.query<TermsVersion>(
        `SELECT number, texts, effective_on::text, accept_by::text, is_required FROM joining.terms_version
         WHERE vendor_id = $1 ORDER BY number DESC LIMIT 1`,
        [vendorId],
      );
      if (newest === undefined) return null;
      const accepted = await this.newestAcceptance(actor, vendorId);
      return {
        ...newest,
        acceptance: accepted?.number === newest.number ? accepted : null,
        isOverdue: (await this.missedDay(actor, vendorId)) !== null,
      };
    });
  }

  /**
   * Accepts the newest version for the partner. The same again changes nothing.
   * @param read its number, and the language of the text that the person read.
   * @throws DomainError `programme-terms.not-found`, `programme-terms.superseded`,
   *   `programme-terms.language-unknown`.
   */
  async accept(
    actor: PartnerActor,
    vendorId: VendorId,
    { number, language }: { readonly number: number; readonly language: string },
  ): Promise<void> {
    requirePermission(actor, 'terms.accept');
    await this.database.inTransaction(actor, async () => {
      const newest = await this.find(actor, vendorId);
      if (newest === null || !(await this.isPartner(actor, vendorId))) throw notFound('programme-terms', vendorId);
      if (newest.number !== number) throw superseded(newest.number);
      const text = newest.texts[language];
      if (text === undefined) throw languageUnknown(newest);
      const added = await this.database.query(
        `INSERT INTO joining.terms_acceptance (vendor_id, number, partner_id, user_id, accepted_by, accepted_at, language, text_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
        [vendorId, number, actor.partnerId, actor.userId, actor.name, this.clock.now(), language, textHash(text)],
      );
      if (added.length === 0) return;
      const { partnerId } = actor;
      const fact = {
        action: 'programme-terms.accepted',
        subject: { kind: 'programme-terms', id: vendorId },
        details: { vendorId, partnerId, number, language, textHash: textHash(text) },
      } as const;
      await this.audit.recordForBoth(actor, fact, { vendorId, partnerId });
    });
  }

  /** @throws DomainError `programme-terms.unaccepted`: the vendor requires it before a launch. */
  async requireAccepted(actor: PartnerActor, vendorId: VendorId): Promise<void> {
    const day = await this.database.inTransaction(actor, () => this.missedDay(actor, vendorId));
    if (day === null) return;
    throw new DomainError(
      'programme-terms.unaccepted',
      `The vendor asks you to accept its programme terms before you launch. The last day for it was ${day}. An owner of your organisation accepts them under “Your vendors”.`,
      { vendorId, day },
      { kind: 'conflict' },
    );
  }

  private async missedDay(actor: PartnerActor | PartnerProcess, vendorId: VendorId): Promise<string | null> {
    const versions = await this.database.query<Numbered>(
      'SELECT number, accept_by::text, is_required FROM joining.terms_version WHERE vendor_id = $1',
      [vendorId],
    );
    const accepted = await this.newestAcceptance(actor, vendorId);
    return missedDay(versions, accepted?.number ?? 0, dayOf(this.clock.now()));
  }

  private async newestAcceptance(
    { partnerId }: PartnerActor | PartnerProcess,
    vendorId: VendorId,
  ): Promise<TermsAcceptance | null> {
    const [found] = await this.database.query<TermsAcceptance>(
      `SELECT number, accepted_by, accepted_at, language, text_hash FROM joining.terms_acceptance
       WHERE vendor_id = $1 AND partner_id = $2 ORDER BY number DESC LIMIT 1`,
      [vendorId, partnerId],
    );
    return found ?? null;
  }

  private async isPartner({ partnerId }: PartnerActor, vendorId: VendorId): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM organisations.membership_view WHERE vendor_id = $1 AND partner_id = $2 AND status = 'active'`,
      [vendorId, partnerId],
    );
    return rows.length > 0;
  }
}

const superseded = (newest: number): DomainError =>
  new DomainError(
    'programme-terms.superseded',
    `Version ${newest} is the newest one. Load the page again, and accept that one.`,
    { field: 'number', newest },
    { kind: 'conflict' },
  );

const languageUnknown = ({ texts }: TermsVersion): DomainError =>
  new DomainError(
    'programme-terms.language-unknown',
    `The terms are written in: ${Object.keys(texts).join(', ')}. Name the one that you have read.`,
    { field: 'language', languages: Object.keys(texts).join(', ') },
  );
