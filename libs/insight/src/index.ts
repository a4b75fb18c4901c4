export { InsightModule } from './insight.module.js';
export { BrandCompletions } from './brand-completions.service.js';
export { PartnerTotals, type PartnerTotalsLine } from './partner-totals.service.js';
export { PartnerInsights } from './partner-insight.service.js';
export { ResultReleases } from './result-releases.service.js';
export { Rollups } from './rollups.service.js';
export { VendorUsage } from './vendor-usage.service.js';
export { VendorInsights } from './vendor-insight.service.js';
export { numbersOf } from './numbers.js';
