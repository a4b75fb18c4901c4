export { TiersModule } from './tiers.module.js';
export { ManualTiers } from './manual-tiers.service.js';
export {
  type ComingDrop,
  PartnerTiers,
  type SetManually,
  type TierAim,
  type TierChangeEntry,
  type TierStanding,
} from './partner-tiers.service.js';
export { TierEvaluations } from './tier-evaluations.service.js';
export { TierNews } from './tier-news.service.js';
export type { TierRules } from './tier-rules.js';
export { PartnerTierRules } from './tier-rules.service.js';
