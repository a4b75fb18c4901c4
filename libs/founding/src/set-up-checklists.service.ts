import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandKits, SendingDomains } from '#brand';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type MailTest, MailTests } from '#identity';
import { Clock, type VendorActor } from '#kernel';
import { type SetUpStep, setUpSteps } from './set-up-steps.js';

/** What a vendor still has to set up. */
export interface SetUpChecklist {
  readonly steps: readonly SetUpStep[];
  readonly mailTest: MailTest;
  /** An owner has hidden it. */
  readonly isHidden: boolean;
}

interface Counts {
  readonly groups: number;
  readonly publishedCampaigns: number;
  readonly joinedPartners: number;
}

/** A new vendor's checklist. Its steps are facts of the vendor; nobody ticks them. */
@Injectable()
export class SetUpChecklists {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly kits: BrandKits,
    private readonly domains: SendingDomains,
    private readonly mailTests: MailTests,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  async get(actor: VendorActor): Promise<SetUpChecklist> {
    return this.database.inTransaction(actor, async () => {
      const mailTest = await this.mailTests.newest(actor);
      const { colours, logo } = await this.kits.get(actor);
      const domain = await this.domains.get(actor);
      const steps = setUpSteps({
        hasSentMail: mailTest.state === 'accepted',
        hasColour: colours !== null,
        hasLogo: logo !== null,
        hasVerifiedDomain: domain?.state === 'verified',
        ...(await this.counts(actor)),
      });
      return { steps, mailTest, isHidden: await this.isHidden(actor) };
    });
  }

  /**
   * Sends a test e-mail to the owner who asks.
   * @throws DomainError `test-mail.address-full`.
   */
  async sendTest(
    actor: VendorActor,
    reader: { readonly email: string; readonly name: string; readonly locale: string },
  ): Promise<void> {
    await this.mailTests.post(actor, actor.vendorId, reader, `${this.config.PUBLIC_URL}/`);
  }

  /** Hides the checklist from all owners of the vendor. */
  async hide(actor: VendorActor): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const hidden = await this.database.query(
        `INSERT INTO founding.hidden_checklist (vendor_id, hidden_by, hidden_at) VALUES ($1, $2, $3)
         ON CONFLICT (vendor_id) DO NOTHING RETURNING 1`,
        [actor.vendorId, actor.name, this.clock.now()],
      );
      if (hidden.length === 0) return;
      await this.audit.record(actor, {
        action: 'set-up.hidden',
        subject: { kind: 'organisation', id: actor.vendorId },
      });
    });
  }

  private async isHidden({ vendorId }: VendorActor): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM founding.hidden_checklist WHERE vendor_id = $1', [vendorId]);
    return rows.length > 0;
  }

  private async counts({ vendorId }: VendorActor): Promise<Counts> {
    const [counts] = await this.database.query<Counts>(
      `SELECT (SELECT count(*)::int FROM organisations.partner_group_view WHERE vendor_id = $1) AS groups,
         (SELECT count(*)::int FROM campaigns.campaign_version_view
           WHERE vendor_id = $1 AND published_at IS NOT NULL) AS published_campaigns,
         (SELECT count(*)::int FROM organisations.membership_view WHERE vendor_id = $1 AND joined_at IS NOT NULL) AS joined_partners`,
      [vendorId],
    );
    return counts ?? { groups: 0, publishedCampaigns: 0, joinedPartners: 0 };
  }
}
