import { Module } from '@nestjs/common';
import { ContentModule } from '#content';
import { BrandCompletions } from './brand-completions.service.js';
import { Comparisons } from './comparisons.service.js';
import { Funnels } from './funnels.service.js';
import { PartnerInsights } from './partner-insight.service.js';
import { Rollups } from './rollups.service.js';
import { VendorInsights } from './vendor-insight.service.js';
import { VendorUsage } from './vendor-usage.service.js';

const SERVICES = [BrandCompletions, PartnerInsights, Rollups, VendorInsights, VendorUsage];

@Module({ imports: [ContentModule], providers: [Comparisons, Funnels, ...SERVICES], exports: SERVICES })
export class InsightModule {}
