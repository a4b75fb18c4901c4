import type { z } from 'zod';
import type {
  DisclosedLead,
  DisclosedLeads,
  DisclosureRecipient,
  LeadHistory,
  LeadMailSetting,
  LeadPage,
  LeadView,
  WaitingLeads,
} from '#contracts';

/** Routes of leads, for partner and vendor. Part of `Routes`. */
export interface LeadRoutes {
  'POST /disclosures/:disclosureId/revoke': unknown;
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
