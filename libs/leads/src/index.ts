export { LeadsModule } from './leads.module.js';
export { Leads } from './leads.service.js';
export type { Lead, LeadStatus } from './lead.js';
