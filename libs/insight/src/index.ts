export { InsightModule } from './insight.module.js';
export { type AttributionReportId, Attributions } from './attribution/attributions.service.js';
export { ActivationExperiments } from './experiments/activation-experiments.service.js';
export { smallestPlanned } from './experiments/planned-power.js';
export { DecidableTests } from './experiments/decidable-tests.service.js';
export { VendorExperiments } from './experiments/vendor-experiments.service.js';
export { BrandCompletions } from './brand-completions.service.js';
export type { CostId } from './costs/cost.js';
export type { CostFault, ImportedCost, PlannedCost, PlannedCosts } from './costs/cost-import.js';
export { CostImports } from './costs/cost-imports.service.js';
export { type CostBearer, type CostListing, Costs, type ListedCost } from './costs/costs.service.js';
export { FirstResultBands } from './first-results/first-result-bands.service.js';
export { PartnerFirstResultsReader } from './first-results/partner-first-results.service.js';
export { partnerReturnTable, tacticReturnTable, vendorReturnTable } from './costs/return-table.js';
export { PartnerReturnsReader } from './costs/partner-returns.service.js';
export { VendorReturnsReader } from './costs/vendor-returns.service.js';
export {
  checkTotalsDays,
  PartnerTotals,
  type PartnerTotalsLine,
  type TotalsPartner,
} from './partner-totals.service.js';
export { PartnerInsights } from './partner-insight.service.js';
export type { AskedWindow } from './window.js';
export { standingTable } from './programme/standing-table.js';
export { ProgrammeActivities } from './programme/programme-activities.service.js';
export { ProgrammeHealth } from './programme-health.service.js';
export { ProgrammeLift } from './experiments/programme-lift.service.js';
export { ResultReleases } from './result-releases.service.js';
export { Rollups } from './rollups.service.js';
export { DealSums } from './deal-sums/deal-sums.service.js';
export { DistributorTotals } from './distributor-totals.service.js';
export { VendorUsage } from './vendor-usage.service.js';
export { VendorInsights } from './vendor-insight.service.js';
export { numbersOf } from './numbers.js';
export { ResultMails } from './mails/result-mails.service.js';
export { WeeklySummaries } from './mails/weekly-summaries.service.js';
export { newestDue as newestReleasedSpan } from './release-calendar.js';
