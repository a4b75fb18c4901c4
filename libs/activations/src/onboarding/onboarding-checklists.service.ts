import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandProfiles, missing, SendingIdentities } from '#brand';
import { ContactLists } from '#contacts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { PartnerTerms } from '#joining';
import { Clock, type PartnerActor, type VendorId } from '#kernel';
import { Memberships } from '#organisations';
import { type OnboardingStep, onboardingSteps } from './onboarding-steps.js';

/** What a partner still has to do before its first launch. */
export interface OnboardingChecklist {
  readonly steps: readonly OnboardingStep[];
  /** A person of the partner has hidden it. */
  readonly isHidden: boolean;
}

/** A new partner's checklist. Its steps are facts of the partner; nobody ticks them. */
@Injectable()
export class OnboardingChecklists {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly profiles: BrandProfiles,
    private readonly identities: SendingIdentities,
    private readonly lists: ContactLists,
    private readonly terms: PartnerTerms,
  ) {}

  async get(actor: PartnerActor): Promise<OnboardingChecklist> {
    return this.database.inTransaction(actor, async () => {
      const vendorIds = await this.vendorIds(actor);
      const steps = onboardingSteps({
        missingBrandFields: missing(await this.profiles.current(actor)).length,
        isSenderReady: await this.isSenderReady(actor, vendorIds),
        filledLists: (await this.lists.all(actor)).filter(({ size }) => size > 0).length,
        openTerms: await this.countOpenTerms(actor, vendorIds),
        launches: await this.countLaunches(actor),
      });
      return { steps, isHidden: await this.isHidden(actor) };
    });
  }

  /** Hides the checklist from all people of the partner. */
  async hide(actor: PartnerActor): Promise<void> {
    requirePermission(actor, 'activations.launch');
    await this.database.inTransaction(actor, async () => {
      const hidden = await this.database.query(
        `INSERT INTO activations.hidden_onboarding (partner_id, hidden_by, hidden_at) VALUES ($1, $2, $3)
         ON CONFLICT (partner_id) DO NOTHING RETURNING 1`,
        [actor.partnerId, actor.name, this.clock.now()],
      );
      if (hidden.length === 0) return;
      await this.audit.record(actor, {
        action: 'onboarding.hidden',
        subject: { kind: 'organisation', id: actor.partnerId },
      });
    });
  }

  private async vendorIds(actor: PartnerActor): Promise<VendorId[]> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    return [...new Set(own.filter(({ status }) => status === 'active').map(({ vendorId }) => vendorId))];
  }

  private async isSenderReady(actor: PartnerActor, vendorIds: readonly VendorId[]): Promise<boolean> {
    for (const vendorId of vendorIds)
      if ((await this.identities.forMembership(actor, vendorId)).status !== 'ready') return false;
    return vendorIds.length > 0;
  }

  private async countOpenTerms(actor: PartnerActor, vendorIds: readonly VendorId[]): Promise<number> {
    let open = 0;
    for (const vendorId of vendorIds) {
      const terms = await this.terms.find(actor, vendorId);
      if (terms !== null && terms.acceptance === null) open += 1;
    }
    return open;
  }

  private async countLaunches({ partnerId }: PartnerActor): Promise<number> {
    const [counted] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM (SELECT 1 FROM activations.activation WHERE partner_id = $1 LIMIT 1) AS first',
      [partnerId],
    );
    return counted?.count ?? 0;
  }

  private async isHidden({ partnerId }: PartnerActor): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM activations.hidden_onboarding WHERE partner_id = $1', [
      partnerId,
    ]);
    return rows.length > 0;
  }
}
