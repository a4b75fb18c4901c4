import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { newToken, SystemMail, tokenHash } from '#identity';
import { Jobs } from '#jobs';
import { Clock, DAY_MS, DomainError, newId, systemActor, type VendorId, vendorProcess } from '#kernel';
import { nameProblem, personNameProblem } from '#rendering';
import type { ApplicationId, NewApplication } from './application.js';
import { answersTo } from './application-form.js';
import { ApplicationForms } from './application-forms.service.js';
import { confirmApplicationMail } from './application-mail-text.js';
import { APPLICATION_RECEIVED } from './applications.jobs.js';

const REQUESTS = systemActor('application-requests');
const CONFIRM_WITHIN_MS = 7 * DAY_MS;
/** Protects the storage. A programme with more applicants than that in a day invites them. */
const UNCONFIRMED_A_DAY = 500;
/** Data of people who did not become partners are not kept longer. */
const KEPT_MS = 365 * DAY_MS;
const NAME_CHARS = 120;

/** Applications by the public form, until their address is proved. */
@Injectable()
export class ApplicationRequests {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly forms: ApplicationForms,
    private readonly mail: SystemMail,
    private readonly jobs: Jobs,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL' | 'RATE_LIMIT_SCALE'>,
  ) {}

  /**
   * Stores an application and mails a link that proves the address. The answer is
   * the same for each address: also if it got too many such mails today.
   * @throws DomainError `application-form.closed`, `application.name-invalid`,
   *   `application.answer-missing`, `application.question-unknown`, `application.full`.
   */
  async request(slug: string, application: NewApplication): Promise<void> {
    const { vendor, form } = await this.forms.open(slug);
    const { company, website, countryCode, person, email, locale } = application;
    requireNames(application);
    const answers = answersTo(form.questions, application.answers, locale);
    const token = newToken();
    const now = this.clock.now();
    await this.database.inTransaction(REQUESTS, async () => {
      await this.refuseFull(vendor.id);
      const url = `${this.config.PUBLIC_URL}/apply/${slug}/confirm/${token}`;
      const letter = confirmApplicationMail({ email, name: null, locale }, url, vendor);
      if (!(await this.mail.postWithinLimit('application', letter))) return;
      await this.database.query(
        `INSERT INTO joining.application (id, vendor_id, company, website, country_code, person, email, locale, answers,
           created_at, token_hash, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          newId<ApplicationId>(),
          vendor.id,
          company,
          website,
          countryCode,
          person,
          email,
          locale,
          JSON.stringify(answers),
          now,
          tokenHash(token),
          new Date(now.getTime() + CONFIRM_WITHIN_MS),
        ],
      );
    });
  }

  /**
   * Proves the address by the link, and hands the application to a job, for the
   * rules of the form. A second click changes nothing.
   * @throws DomainError `application.link-gone`.
   */
  async confirm(token: string): Promise<void> {
    await this.database.inTransaction(REQUESTS, async () => {
      const [found] = await this.database.query<{ id: ApplicationId; vendorId: VendorId; isConfirmed: boolean }>(
        `SELECT id, vendor_id, confirmed_at IS NOT NULL AS is_confirmed FROM joining.application
         WHERE token_hash = $1 AND (confirmed_at IS NOT NULL OR expires_at > $2) FOR UPDATE`,
        [tokenHash(token), this.clock.now()],
      );
      if (found === undefined)
        throw new DomainError(
          'application.link-gone',
          'This link is unknown or has expired. Send the application again.',
          {},
          { kind: 'gone' },
        );
      const { id, vendorId, isConfirmed } = found;
      if (isConfirmed) return;
      await this.database.query('UPDATE joining.application SET confirmed_at = $2 WHERE id = $1', [
        id,
        this.clock.now(),
      ]);
      await this.audit.record(vendorProcess(REQUESTS.name, vendorId), {
        action: 'application.received',
        subject: { kind: 'application', id },
      });
      await this.jobs.enqueue(APPLICATION_RECEIVED, { applicationId: id, vendorId });
    });
  }

  /**
   * Deletes applications whose address was not proved in time; others a year
   * after the decision, or a year after the proof if nobody has decided.
   */
  async deleteOld(): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(REQUESTS, () =>
      this.database.query(
        `DELETE FROM joining.application
         WHERE (confirmed_at IS NULL AND expires_at <= $1) OR coalesce(decided_at, confirmed_at) <= $2`,
        [now, new Date(now.getTime() - KEPT_MS)],
      ),
    );
  }

  private async refuseFull(vendorId: VendorId): Promise<void> {
    const most = Math.ceil(UNCONFIRMED_A_DAY * this.config.RATE_LIMIT_SCALE);
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const waiting = await this.database.query(
      `SELECT 1 FROM joining.application WHERE vendor_id = $1 AND confirmed_at IS NULL AND created_at > $2 LIMIT $3`,
      [vendorId, since, most],
    );
    if (waiting.length < most) return;
    throw new DomainError(
      'application.full',
      'This form has got too many applications today. Send yours again tomorrow.',
      {},
      { kind: 'too-many' },
    );
  }
}

/**
 * Names are in mails to the vendor and, once accepted, to the applicant.
 * @throws DomainError `application.name-invalid`.
 */
export function requireNames({ company, person }: Pick<NewApplication, 'company' | 'person'>): void {
  for (const [field, problem] of [
    ['company', nameProblem('company', company, NAME_CHARS)],
    ['person', personNameProblem('person', person, NAME_CHARS)],
  ] as const)
    if (problem !== null)
      throw new DomainError('application.name-invalid', `${problem.message} ${problem.remedy}`, { field });
}
