import { Module } from '@nestjs/common';
import { ContentModule } from '#content';
import { OrganisationsModule } from '#organisations';
import { BrandCompletions } from './brand-completions.service.js';
import { CampaignTotals } from './campaign-totals.service.js';
import { PartnerTotals } from './partner-totals.service.js';
import { Comparisons } from './comparisons.service.js';
import { Funnels } from './funnels.service.js';
import { PartnerInsights } from './partner-insight.service.js';
import { Rollups } from './rollups.service.js';
import { VendorInsights } from './vendor-insight.service.js';
import { VendorUsage } from './vendor-usage.service.js';

const SERVICES = [BrandCompletions, PartnerInsights, PartnerTotals, Rollups, VendorInsights, VendorUsage];

@Module({
  imports: [ContentModule, OrganisationsModule],
  providers: [CampaignTotals, Comparisons, Funnels, ...SERVICES],
  exports: SERVICES,
})
export class InsightModule {}
