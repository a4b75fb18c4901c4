import { Module } from '@nestjs/common';
import { ActivationsModule, ProgrammeHistoryModule } from '#activations';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { IdentityModule } from '#identity';
import { LeadsModule } from '#leads';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { ReleaseModule } from '#release';
import { ActivationExperiments } from './experiments/activation-experiments.service.js';
import { DecidableTests } from './experiments/decidable-tests.service.js';
import { NewestVersions } from './experiments/newest-versions.service.js';
import { ProgrammeLift } from './experiments/programme-lift.service.js';
import { VendorExperiments } from './experiments/vendor-experiments.service.js';
import { BrandCompletions } from './brand-completions.service.js';
import { Attributions } from './attribution/attributions.service.js';
import { ChannelNames } from './attribution/channel-names.service.js';
import { DealTouches } from './attribution/deal-touches.service.js';
import { FirstResultBands } from './first-results/first-result-bands.service.js';
import { PartnerFirstResultsReader } from './first-results/partner-first-results.service.js';
import { CostImports } from './costs/cost-imports.service.js';
import { Costs } from './costs/costs.service.js';
import { PartnerReturnsReader } from './costs/partner-returns.service.js';
import { SharedPipeline } from './costs/shared-pipeline.service.js';
import { VendorReturnsReader } from './costs/vendor-returns.service.js';
import { SumsInReturns } from './deal-sums/sums-in-returns.service.js';
import { DealSums } from './deal-sums/deal-sums.service.js';
import { CampaignTotals } from './campaign-totals.service.js';
import { PartnerTotals } from './partner-totals.service.js';
import { Comparisons } from './comparisons.service.js';
import { CountedPeople } from './counted-people.service.js';
import { Funnels } from './funnels.service.js';
import { MedianBands } from './median-bands.service.js';
import { PartnerCounts } from './partner-counts.service.js';
import { PartnerInsights } from './partner-insight.service.js';
import { ProgrammeActivities } from './programme/programme-activities.service.js';
import { ShownResultsReader } from './programme/shown-results.service.js';
import { ProgrammeHealth } from './programme-health.service.js';
import { WonAmounts } from './won-amounts.service.js';
import { PeerGroups } from './peer-groups.service.js';
import { ReleasedTables } from './released-tables.service.js';
import { PartnerWeeks } from './mails/partner-weeks.service.js';
import { VendorWeeks } from './mails/vendor-weeks.service.js';
import { WeeklySummaries } from './mails/weekly-summaries.service.js';
import { ResultMails } from './mails/result-mails.service.js';
import { ResultReleases } from './result-releases.service.js';
import { TotalsReadings } from './totals-readings.service.js';
import { Rollups } from './rollups.service.js';
import { VendorInsights } from './vendor-insight.service.js';
import { DistributorTotals } from './distributor-totals.service.js';
import { VendorUsage } from './vendor-usage.service.js';

const SERVICES = [
  ActivationExperiments,
  VendorExperiments,
  Attributions,
  BrandCompletions,
  CostImports,
  Costs,
  DecidableTests,
  FirstResultBands,
  PartnerFirstResultsReader,
  DealSums,
  PartnerInsights,
  PartnerReturnsReader,
  PartnerTotals,
  ProgrammeActivities,
  ProgrammeHealth,
  ProgrammeLift,
  ResultMails,
  WeeklySummaries,
  ResultReleases,
  Rollups,
  VendorInsights,
  VendorReturnsReader,
  VendorUsage,
  DistributorTotals,
];

@Module({
  imports: [
    ActivationsModule,
    BrandModule,
    CampaignsModule,
    ContactsModule,
    ContentModule,
    IdentityModule,
    LeadsModule,
    NotificationsModule,
    OrganisationsModule,
    ReleaseModule,
    ProgrammeHistoryModule,
  ],
  providers: [
    CampaignTotals,
    ChannelNames,
    Comparisons,
    CountedPeople,
    DealTouches,
    Funnels,
    MedianBands,
    NewestVersions,
    PartnerCounts,
    PartnerWeeks,
    PeerGroups,
    ReleasedTables,
    ShownResultsReader,
    SharedPipeline,
    SumsInReturns,
    WonAmounts,
    TotalsReadings,
    VendorWeeks,
    ...SERVICES,
  ],
  exports: SERVICES,
})
export class InsightModule {}
