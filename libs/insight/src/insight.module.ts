import { Module } from '@nestjs/common';
import { PartnerInsights } from './partner-insight.service.js';
import { Rollups } from './rollups.service.js';
import { VendorInsights } from './vendor-insight.service.js';

@Module({ providers: [PartnerInsights, Rollups, VendorInsights], exports: [PartnerInsights, Rollups, VendorInsights] })
export class InsightModule {}
