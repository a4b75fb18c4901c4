import type { z } from 'zod';
import type {
  AttributionReport,
  AttributionReports,
  AttributionTable,
  CostChoices,
  CostImportView,
  CostPage,
  CostView,
  DealAttribution,
  DealHistory,
  DealImportView,
  DealListSums,
  PastDealImportPage,
  UndoneDealImport,
  DealPage,
  DealShareList,
  DealView,
  DisclosedDealPage,
  DisclosedLead,
  DisclosedLeads,
  DisclosureRecipient,
  LeadHistory,
  LeadMailSetting,
  LeadPage,
  LeadView,
  PartnerFirstResults,
  PartnerReturns,
  VendorFirstResults,
  VendorReturns,
  MadeDealShare,
  OverdueDeals,
  SharedDealPage,
  SharedDealView,
  WaitingLeads,
} from '#contracts';

/** Routes of leads, deals and costs, for partner and vendor. Part of `Routes`. */
export interface LeadRoutes {
  'POST /disclosures/:disclosureId/revoke': unknown;
  'GET /deals': z.output<typeof DealPage>;
  'GET /deals/overdue': OverdueDeals;
  'GET /deals/sums': DealListSums;
  'GET /deals/:dealId': DealView;
  'PATCH /deals/:dealId': DealView;
  'GET /deals/:dealId/history': DealHistory;
  'GET /deals/:dealId/attribution': DealAttribution;
  'POST /deals/:dealId/refunds': DealView;
  'POST /deals/:dealId/withdraw': DealView;
  'GET /deal-imports': z.output<typeof PastDealImportPage>;
  'POST /deal-imports/:dealImportId/undo': UndoneDealImport;
  'GET /deals/:dealId/shares': z.output<typeof DealShareList>;
  'POST /deals/:dealId/shares': MadeDealShare;
  'POST /deal-shares/:dealShareId/revoke': undefined;
  'POST /deal-invitations/accept': SharedDealView;
  'GET /shared-deals': z.output<typeof SharedDealPage>;
  'GET /disclosed-deals': z.output<typeof DisclosedDealPage>;
  'POST /deals/import/preview': DealImportView;
  'POST /deals/import': DealImportView;
  'PATCH /leads/:leadId/deal': DealView;
  'GET /costs': z.output<typeof CostPage>;
  'GET /costs/choices': CostChoices;
  'POST /costs': CostView;
  'PATCH /costs/:costId': CostView;
  'DELETE /costs/:costId': undefined;
  'POST /costs/import/preview': CostImportView;
  'POST /costs/import': CostImportView;
  'GET /insight/returns': PartnerReturns;
  'GET /insight/first-results': PartnerFirstResults;
  'GET /vendor-insight/first-results': VendorFirstResults;
  'GET /vendor-insight/returns': VendorReturns;
  'GET /insight/attribution': AttributionTable;
  'GET /insight/attribution-reports': z.output<typeof AttributionReports>;
  'GET /insight/attribution-reports/:reportId': AttributionReport;
  'POST /insight/attribution-reports': AttributionReport;
  'PATCH /leads/:leadId': LeadView;
  'PUT /leads/:leadId/amount': LeadView;
  'POST /leads/:leadId/disclosures': unknown;
  'POST /leads/:leadId/follow-ups': LeadView;
  'GET /leads/waiting': WaitingLeads;
  'GET /leads/:leadId': LeadView;
  'GET /lead-mail-setting': LeadMailSetting;
  'PUT /lead-mail-setting': LeadMailSetting;
  'GET /disclosed-leads': z.output<typeof DisclosedLeads>;
  'GET /disclosed-leads/:disclosureId': DisclosedLead;
  'POST /disclosed-leads/:disclosureId/answers': DisclosedLead;
  'GET /disclosure-recipient': DisclosureRecipient;
  'PUT /disclosure-recipient': DisclosureRecipient;
  'GET /leads': z.output<typeof LeadPage>;
  'GET /leads/:leadId/history': z.output<typeof LeadHistory>;
}
