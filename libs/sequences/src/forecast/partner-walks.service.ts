import { setImmediate as nextTick } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { launchLocale } from '#activations';
import { BrandProfiles } from '#brand';
import { ContactLists } from '#contacts';
import type { CompiledCampaign } from '#content';
import { type CampaignId, type ContactId, type PartnerId, systemActor, type VendorId } from '#kernel';
import { NO_CHOICES } from '#sequencing';
import type { CohortProfile } from './cohort.js';
import { type ContactWalk, LEFT_ALONE, REACHED_BEFORE, walkAlone } from './contact-walk.js';
import { DryRunContacts, type ListedContact } from './dry-run-contacts.service.js';
import { type DryRunPlan, DryRunPlans } from './dry-run-plans.service.js';

/** The version that a forecast is of. */
export interface ForecastVersion {
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly compiled: CompiledCampaign;
}

/** Contacts per page; other work runs between pages. */
const PAGE = 500;

/**
 * Simulates the contacts on a partner's default list, each alone, in the scope
 * of that partner. Only numbers leave it.
 */
@Injectable()
export class PartnerWalks {
  constructor(
    private readonly lists: ContactLists,
    private readonly profiles: BrandProfiles,
    private readonly plans: DryRunPlans,
    private readonly contacts: DryRunContacts,
  ) {}

  /**
   * @param onWalk is called with each walk and its number of contacts. It is
   *   not called for a partner without a default list.
   */
  async run(
    version: ForecastVersion,
    partnerId: PartnerId,
    startAt: Date,
    onWalk: (walk: ContactWalk, people: number) => void,
  ): Promise<void> {
    const plan = await this.planOf(version, partnerId, startAt);
    if (plan === null) return;
    const walks = new Map<CohortProfile, ContactWalk>();
    const walkOf = ({ profile, exclusion }: ListedContact): ContactWalk => {
      if (profile === null) return exclusion === 'already-got' ? REACHED_BEFORE : LEFT_ALONE;
      const walk = walks.get(profile) ?? walkAlone(profile, plan.cache);
      walks.set(profile, walk);
      return walk;
    };
    for (let afterId: ContactId | null = null; ;) {
      const listed = await this.contacts.page(plan, afterId, PAGE);
      for (const one of listed) onWalk(walkOf(one), 1);
      afterId = listed.at(-1)?.person.contact.id ?? null;
      await nextTick();
      if (listed.length < PAGE) return;
    }
  }

  private async planOf(
    { vendorId, campaignId, compiled }: ForecastVersion,
    partnerId: PartnerId,
    startAt: Date,
  ): Promise<DryRunPlan | null> {
    const actor = { ...systemActor('programme-dry-run', { partnerId }), partnerId };
    const list = (await this.lists.all(actor)).find(({ isDefault }) => isDefault);
    if (list === undefined) return null;
    const { theme, locales } = compiled.definition;
    const locale = launchLocale(compiled.definition, null, await this.profiles.current(actor));
    const offer = { version: { vendorId, campaignId, theme, locales, testWinner: null }, compiled, locale };
    const request = { lists: { include: [list.id], exclude: [] }, startAt, locale: null, choices: NO_CHOICES };
    return this.plans.planOf(actor, offer, request, 'not-of-vendor-staff');
  }
}
