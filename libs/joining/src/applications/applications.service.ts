import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { mailHostOf, VerifiedHosts } from '#brand';
import { type UserLanguage, USER_LANGUAGES } from '#contracts';
import { Database } from '#database';
import { PartnerOnboarding, requirePermission } from '#identity';
import { Clock, DomainError, notFound, type VendorActor, type VendorId } from '#kernel';
import { Distributors } from '#organisations';
import type { Application, ApplicationId } from './application.js';
import { decideByRules } from './application-form.js';
import { ApplicationForms } from './application-forms.service.js';
import { ApplicationMail } from './application-mail.service.js';

const COLUMNS = `id, company, website, country_code, person, email, locale, answers, confirmed_at, decision, decided_by,
  decided_at, reason, partner_id, distributor_id, proposed_by,
  (SELECT o.name FROM organisations.membership_view m JOIN organisations.organisation_view o ON o.id = m.partner_id
    WHERE m.id = distributor_id) AS distributor_name`;

/** Of companies that a rule accepts or refuses. */
const rule = (vendorId: VendorId): VendorActor => ({
  kind: 'vendor',
  vendorId,
  role: 'owner',
  userId: null,
  apiKeyId: null,
  name: 'Rule of the application form',
});

/** What an accepted company gets. */
export interface Acceptance {
  readonly tier: string;
  readonly region: string;
}

/** Applications whose address is proved, and the vendor's decisions. */
@Injectable()
export class Applications {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly forms: ApplicationForms,
    private readonly hosts: VerifiedHosts,
    private readonly onboarding: PartnerOnboarding,
    private readonly distributors: Distributors,
    private readonly mail: ApplicationMail,
  ) {}

  /** Newest first; pages by the last id seen. */
  async list(
    actor: VendorActor,
    page: { readonly isDecided: boolean; readonly limit: number; readonly beforeId: ApplicationId | null },
  ): Promise<Application[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Application>(
        `SELECT ${COLUMNS} FROM joining.application
         WHERE vendor_id = $1 AND (decision IS NOT NULL) = $2 AND ($3::uuid IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4`,
        [actor.vendorId, page.isDecided, page.beforeId, page.limit],
      ),
    );
  }

  /** How many wait for a person. */
  async countWaiting(actor: VendorActor): Promise<number> {
    const [counted] = await this.database.inTransaction(actor, () =>
      this.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM joining.application WHERE vendor_id = $1 AND decision IS NULL',
        [actor.vendorId],
      ),
    );
    return counted?.count ?? 0;
  }

  /**
   * Lets the rules of the form decide a new application, or tells the vendor's
   * owners that it waits for a person. It waits, too, where an invitation cannot
   * be sent now. Safe to run twice.
   */
  async receive(vendorId: VendorId, id: ApplicationId): Promise<void> {
    const actor = rule(vendorId);
    const application = await this.untold(actor, id);
    // A second run, or a person was faster.
    if (application === null) return;
    if (application.proposedBy !== null) return this.receiveProposal(actor, application);
    const { rules } = await this.forms.get(actor);
    const { countryCode, email } = application;
    const proof = { mailHost: mailHostOf(email), domain: this.hosts.companyDomainOf(email) };
    const decision = decideByRules(rules, { countryCode, ...proof });
    if (decision === 'refused') return this.refuse(actor, id, rules.refusal === '' ? null : rules.refusal);
    if (decision === 'accepted' && (await this.hasAccepted(actor, id, rules))) return;
    await this.mail.tellOwners(vendorId, application);
  }

  /**
   * Accepts it: the company gets an invitation. The same again invites once.
   * @throws DomainError `application.not-found`, `application.decided`, and those
   *   of `PartnerOnboarding.invite`.
   */
  async accept(actor: VendorActor, id: ApplicationId, { tier, region }: Acceptance): Promise<Application> {
    requirePermission(actor, 'partners.edit');
    const { company: name, countryCode, email, locale, distributorId } = await this.waiting(actor, id);
    // Invitation and decision are one transaction: a colleague who was faster leaves no second invitation.
    await this.onboarding.invite(
      actor,
      { name, countryCode, tier, region, email, language: userLanguageOf(locale) },
      { key: `application ${id}`, hash: id },
      async (partnerId) => {
        await this.decide(actor, id, { decision: 'accepted', reason: null, partnerId });
        if (distributorId !== null) await this.distributors.bring(actor, distributorId, actor.vendorId, partnerId);
      },
    );
    return this.get(actor, id);
  }

  /**
   * Refuses it; the applicant gets an e-mail. A company that a distributor
   * proposed has not applied: the distributor reads the reason instead.
   * @param reason what the applicant is told; null: none.
   * @throws DomainError `application.not-found`, `application.decided`.
   */
  async refuse(actor: VendorActor, id: ApplicationId, reason: string | null): Promise<void> {
    requirePermission(actor, 'partners.edit');
    await this.database.inTransaction(actor, async () => {
      const application = await this.waiting(actor, id);
      await this.decide(actor, id, { decision: 'refused', reason, partnerId: null });
      if (application.proposedBy === null) await this.mail.postRefusal(actor, application, reason);
    });
  }

  /** @throws DomainError `application.not-found`. */
  async get(actor: VendorActor, id: ApplicationId): Promise<Application> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Application>(
        `SELECT ${COLUMNS} FROM joining.application WHERE id = $1 AND vendor_id = $2 AND confirmed_at IS NOT NULL`,
        [id, actor.vendorId],
      ),
    );
    if (found === undefined) throw notFound('application', id);
    return found;
  }

  /** @throws DomainError `application.not-found`, `application.decided`. */
  private async waiting(actor: VendorActor, id: ApplicationId): Promise<Application> {
    const application = await this.get(actor, id);
    if (application.decision !== null) throw decided();
    return application;
  }

  /** @returns null unless it waits, and the owners were not told of it. */
  private async untold(actor: VendorActor, id: ApplicationId): Promise<Application | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Application>(
        `SELECT ${COLUMNS} FROM joining.application
         WHERE id = $1 AND vendor_id = $2 AND confirmed_at IS NOT NULL AND decision IS NULL AND owners_told_at IS NULL`,
        [id, actor.vendorId],
      ),
    );
    return found ?? null;
  }

  /** As the vendor has set for the distributor. It waits, too, where an invitation cannot be sent now. */
  private async receiveProposal(actor: VendorActor, application: Application): Promise<void> {
    const { id, distributorId } = application;
    const distributor = (await this.distributors.ofVendor(actor)).find((one) => one.id === distributorId);
    const isAutomatic = distributor?.approval === 'automatic';
    if (isAutomatic && (await this.hasAccepted(actor, id, distributor))) return;
    await this.mail.tellOwners(actor.vendorId, application);
  }

  /** @returns whether an invitation could be sent. */
  private async hasAccepted(actor: VendorActor, id: ApplicationId, acceptance: Acceptance): Promise<boolean> {
    try {
      await this.accept(actor, id, acceptance);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /**
   * Joins the open transaction. Of decisions at once, one wins.
   * @throws DomainError `application.decided`.
   */
  private async decide(
    actor: VendorActor,
    id: ApplicationId,
    { decision, reason, partnerId }: Pick<Application, 'reason' | 'partnerId'> & { decision: 'accepted' | 'refused' },
  ): Promise<void> {
    const isRule = actor.userId === null && actor.apiKeyId === null;
    const changed = await this.database.query(
      `UPDATE joining.application SET decision = $2, reason = $3, partner_id = $4, decided_by = $5, decided_at = $6
       WHERE id = $1 AND decision IS NULL RETURNING id`,
      [id, decision, reason, partnerId, isRule ? null : actor.name, this.clock.now()],
    );
    if (changed.length === 0) throw decided();
    await this.audit.record(actor, {
      action: `application.${decision}`,
      subject: { kind: 'application', id },
      details: { ...(reason === null ? {} : { reason }), ...(partnerId === null ? {} : { partnerId }) },
    });
  }
}

const userLanguageOf = (locale: string): UserLanguage =>
  USER_LANGUAGES.find((language) => locale.startsWith(language)) ?? 'en';

const decided = (): DomainError =>
  new DomainError(
    'application.decided',
    'This application was decided already. Load the list again.',
    {},
    { kind: 'conflict' },
  );
