import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AuditLog } from '#audit';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { type CampaignId, Clock, systemActor, type VendorId } from '#kernel';
import type { CHECK_LINKS } from './campaigns.jobs.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { checkLinks } from './link-check.js';

/** Checks the links of a version in review, before publication. */
@Injectable()
export class LinkChecks {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly compiled: CompiledCampaigns,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends requests outside any transaction.
   * Stores the result if the version has not changed meanwhile.
   */
  async check({ vendorId, campaignId, number, packageHash }: z.output<typeof CHECK_LINKS.data>): Promise<void> {
    const advice = await checkLinks(await this.compiled.outwardLinks(packageHash));
    const actor = systemActor('link-check', { vendorId: vendorId as VendorId });
    await this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId as CampaignId, number, 'to-change');
      if (!version.recordLinkAdvice(packageHash, advice, this.clock.now())) return;
      await this.rows.save(version);
      await this.audit.record(actor, {
        action: 'campaign-version.links-checked',
        subject: { kind: 'campaign-version', id: version.id },
        details: { campaignId, number, warnings: advice.length },
      });
    });
  }
}
