import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import type { UserLanguage } from '#contracts';
import { Database } from '#database';
import { newToken, requirePermission, tokenHash } from '#identity';
import { Jobs } from '#jobs';
import { Clock, DAY_MS, DomainError, newId, notFound, type PartnerActor, systemActor, type VendorId } from '#kernel';
import { defaultLanguage, type Distributor, Distributors } from '#organisations';
import type { Application, ApplicationId } from './application.js';
import { requireNames } from './application-requests.service.js';
import { APPLICATION_RECEIVED } from './applications.jobs.js';

const PROPOSALS = systemActor('proposed-partners');
/** Each may become an e-mail to a company that has not asked for one. */
const PROPOSALS_A_DAY = 20;
const SHOWN = 100;

/** A company that a distributor proposes to a vendor. */
export interface ProposedCompany {
  readonly company: string;
  readonly countryCode: string;
  /** The company's first person, who gets the invitation. */
  readonly person: string;
  readonly email: string;
  /** Of the invitation; absent: that of the country. */
  readonly language?: UserLanguage | undefined;
}

/** What has become of a proposal. Nothing about the person. */
export interface Proposal extends Pick<Application, 'company' | 'decision' | 'reason'> {
  readonly id: ApplicationId;
  readonly proposedAt: Date;
}

/** Companies that distributors propose. They are applications from then on. */
@Injectable()
export class ProposedPartners {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly distributors: Distributors,
    @Inject(CONFIG) private readonly config: Pick<Config, 'RATE_LIMIT_SCALE'>,
  ) {}

  /**
   * Proposes a company. A job invites it, or tells the vendor's owners, as the
   * vendor has set for this distributor.
   * @throws DomainError `vendor.not-found` where the partner is no distributor;
   *   `application.name-invalid`, `distribution.too-many`.
   */
  async propose(actor: PartnerActor, vendorId: VendorId, proposed: ProposedCompany): Promise<void> {
    requirePermission(actor, 'distribution.edit');
    requireNames(proposed);
    const distributor = (await this.distributors.ofPartner(actor)).find((one) => one.vendorId === vendorId);
    if (distributor === undefined) throw notFound('vendor', vendorId);
    const id = newId<ApplicationId>();
    await this.database.inTransaction(PROPOSALS, async () => {
      await this.database.lock(`proposals of ${distributor.id}`);
      await this.refuseFlood(distributor);
      await this.store(id, actor, distributor, proposed);
      await this.audit.recordForBoth(
        actor,
        {
          action: 'application.proposed',
          subject: { kind: 'application', id },
          details: { company: proposed.company, partnerId: actor.partnerId },
        },
        { partnerId: actor.partnerId, vendorId },
      );
      await this.jobs.enqueue(APPLICATION_RECEIVED, { applicationId: id, vendorId });
    });
  }

  /** Proposals of a distributor, newest first, at most 100. */
  async list({ id }: Distributor): Promise<Proposal[]> {
    return this.database.inTransaction(PROPOSALS, () =>
      this.database.query<Proposal>(
        `SELECT id, company, confirmed_at AS proposed_at, decision, reason FROM joining.application
         WHERE distributor_id = $1 ORDER BY id DESC LIMIT $2`,
        [id, SHOWN],
      ),
    );
  }

  private async store(
    id: ApplicationId,
    { name }: PartnerActor,
    distributor: Distributor,
    { company, countryCode, person, email, language }: ProposedCompany,
  ): Promise<void> {
    const now = this.clock.now();
    await this.database.query(
      // No link proves the address: the invitation does.
      `INSERT INTO joining.application (id, vendor_id, company, country_code, person, email, locale, answers, created_at,
         token_hash, expires_at, confirmed_at, distributor_id, proposed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, '[]', $8, $9, $8, $8, $10, $11)`,
      [
        id,
        distributor.vendorId,
        company,
        countryCode,
        person,
        email,
        language ?? defaultLanguage(countryCode),
        now,
        tokenHash(newToken()),
        distributor.id,
        name,
      ],
    );
  }

  private async refuseFlood({ id }: Distributor): Promise<void> {
    const most = Math.ceil(PROPOSALS_A_DAY * this.config.RATE_LIMIT_SCALE);
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const proposed = await this.database.query(
      'SELECT 1 FROM joining.application WHERE distributor_id = $1 AND created_at > $2 LIMIT $3',
      [id, since, most],
    );
    if (proposed.length < most) return;
    throw new DomainError(
      'distribution.too-many',
      `You proposed ${most} companies within 24 hours, which is the limit. Propose the next one tomorrow.`,
      { most, field: 'email' },
      { kind: 'too-many' },
    );
  }
}
