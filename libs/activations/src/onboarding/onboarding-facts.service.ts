import { Injectable } from '@nestjs/common';
import { BrandProfiles, missing, SendingIdentities } from '#brand';
import { ContactLists } from '#contacts';
import { Database } from '#database';
import { PartnerTerms } from '#joining';
import type { PartnerActor, PartnerId, PartnerProcess, VendorId } from '#kernel';
import { Memberships } from '#organisations';
import type { OnboardingFacts } from './onboarding-steps.js';

/** Reads what the first launch of a partner depends on. */
@Injectable()
export class OnboardingFactsReader {
  constructor(
    private readonly database: Database,
    private readonly memberships: Memberships,
    private readonly profiles: BrandProfiles,
    private readonly identities: SendingIdentities,
    private readonly lists: ContactLists,
    private readonly terms: PartnerTerms,
  ) {}

  /** Joins the open transaction. @param vendorId null: for all vendors of the partner. */
  async read(actor: PartnerActor | PartnerProcess, vendorId: VendorId | null): Promise<OnboardingFacts> {
    const vendorIds = vendorId === null ? await this.vendorIds(actor) : [vendorId];
    return {
      missingBrandFields: missing(await this.profiles.current(actor)).length,
      isSenderReady: await this.isSenderReady(actor, vendorIds),
      filledLists: (await this.lists.all(actor)).filter(({ size }) => size > 0).length,
      openTerms: await this.countOpenTerms(actor, vendorIds),
      launches: await this.countLaunches(actor.partnerId, vendorId),
    };
  }

  /** Joins the open transaction. Whether a person of the partner has hidden the checklist. */
  async isHidden(partnerId: PartnerId): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM activations.hidden_onboarding WHERE partner_id = $1', [
      partnerId,
    ]);
    return rows.length > 0;
  }

  private async vendorIds(actor: PartnerActor | PartnerProcess): Promise<VendorId[]> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    return [...new Set(own.filter(({ status }) => status === 'active').map(({ vendorId }) => vendorId))];
  }

  private async isSenderReady(actor: PartnerActor | PartnerProcess, vendorIds: readonly VendorId[]): Promise<boolean> {
    for (const vendorId of vendorIds)
      if ((await this.identities.forMembership(actor, vendorId)).status !== 'ready') return false;
    return vendorIds.length > 0;
  }

  private async countOpenTerms(actor: PartnerActor | PartnerProcess, vendorIds: readonly VendorId[]): Promise<number> {
    let open = 0;
    for (const vendorId of vendorIds) {
      const terms = await this.terms.find(actor, vendorId);
      if (terms !== null && terms.acceptance === null) open += 1;
    }
    return open;
  }

  private async countLaunches(partnerId: PartnerId, vendorId: VendorId | null): Promise<number> {
    const [counted] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM activations.activation
         WHERE partner_id = $1 AND ($2::uuid IS NULL OR vendor_id = $2) LIMIT 1) AS first`,
      [partnerId, vendorId],
    );
    return counted?.count ?? 0;
  }
}
