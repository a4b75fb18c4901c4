import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { ManualTiers } from './manual-tiers.service.js';
import { PartnerTiers } from './partner-tiers.service.js';
import { Standings } from './standings.service.js';
import { TierEvaluations } from './tier-evaluations.service.js';
import { TierNews } from './tier-news.service.js';
import { PartnerTierRules } from './tier-rules.service.js';
import { TierRulesStore } from './tier-rules-store.service.js';

@Module({
  imports: [BrandModule, IdentityModule, NotificationsModule, OrganisationsModule],
  providers: [ManualTiers, PartnerTierRules, PartnerTiers, Standings, TierEvaluations, TierNews, TierRulesStore],
  exports: [ManualTiers, PartnerTierRules, PartnerTiers, TierEvaluations, TierNews],
})
export class TiersModule {}
