import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { VerifiedHosts } from '#brand';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, DomainError, editVersion, requireCurrent, systemActor, type VendorActor, type VendorId } from '#kernel';
import { Organisations } from '#organisations';
import { type ApplicationForm, CLOSED_FORM, requireComplete, requireProvable } from './application-form.js';

const PUBLIC_FORM = systemActor('application-form');

/** An open form, for a company without an account. */
export interface OpenApplicationForm {
  readonly vendor: { readonly id: VendorId; readonly name: string };
  readonly form: ApplicationForm;
}

/** The version of a form, for editors. */
export const applicationFormVersion = ({ isOpen, introduction, questions, rules }: ApplicationForm): string =>
  editVersion([isOpen, introduction, questions, rules]);

/** Forms by which companies ask vendors to become a partner. */
@Injectable()
export class ApplicationForms {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly hosts: VerifiedHosts,
  ) {}

  /** The vendor's form; a closed one if it has none. */
  async get(actor: VendorActor): Promise<ApplicationForm> {
    return this.database.inTransaction(actor, async () => (await this.read(actor.vendorId)) ?? CLOSED_FORM);
  }

  /** The part of the form's address that names the vendor. */
  async slugOf(actor: VendorActor): Promise<string> {
    return (await this.organisations.get(actor, actor.vendorId)).slug;
  }

  /**
   * @param basedOn the version that was edited; null: replace any.
   * @throws DomainError `application-form.tier-missing`, `application-form.domain-of-many`,
   *   `application-form.domain-below`, `edit.stale`.
   */
  async save(actor: VendorActor, form: ApplicationForm, basedOn: string | null): Promise<ApplicationForm> {
    requirePermission(actor, 'partners.edit');
    requireComplete(form);
    requireProvable(form, (host) => this.hosts.companyDomainOf(`anybody@${host}`));
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`application form ${actor.vendorId}`);
      requireCurrent(basedOn, applicationFormVersion(await this.get(actor)));
      const { isOpen, introduction, questions, rules } = form;
      await this.database.query(
        `INSERT INTO joining.application_form (vendor_id, is_open, introduction, questions, rules, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (vendor_id) DO UPDATE SET is_open = excluded.is_open, introduction = excluded.introduction,
           questions = excluded.questions, rules = excluded.rules, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
        [
          actor.vendorId,
          isOpen,
          JSON.stringify(introduction),
          JSON.stringify(questions),
          JSON.stringify(rules),
          actor.name,
          this.clock.now(),
        ],
      );
      await this.audit.record(actor, {
        action: 'application-form.changed',
        subject: { kind: 'application-form', id: actor.vendorId },
        details: { isOpen, questions: questions.length, rules },
      });
      return this.get(actor);
    });
  }

  /** @throws DomainError `application-form.closed`, also for an unknown vendor. */
  async open(slug: string): Promise<OpenApplicationForm> {
    const vendor = await this.organisations.vendorBySlug(PUBLIC_FORM, slug);
    const form = vendor === null ? null : await this.database.inTransaction(PUBLIC_FORM, () => this.read(vendor.id));
    if (vendor === null || form === null || !form.isOpen)
      throw new DomainError(
        'application-form.closed',
        'This form is closed: the vendor takes no applications here. Ask the vendor for an invitation.',
        {},
        { kind: 'gone' },
      );
    return { vendor, form };
  }

  /** Joins the open transaction. */
  async read(vendorId: VendorId): Promise<ApplicationForm | null> {
    const [form] = await this.database.query<ApplicationForm>(
      'SELECT is_open, introduction, questions, rules FROM joining.application_form WHERE vendor_id = $1',
      [vendorId],
    );
    return form ?? null;
  }
}
