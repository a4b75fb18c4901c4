export { JoiningModule } from './joining.module.js';
export type { Application, ApplicationId } from './application.js';
export type { ApplicationForm } from './application-form.js';
export { ApplicationForms, applicationFormVersion } from './application-forms.service.js';
export { ApplicationRequests } from './application-requests.service.js';
export { APPLICATION_RECEIVED } from './joining.jobs.js';
export { type Proposal, ProposedPartners } from './proposed-partners.service.js';
export { Applications } from './applications.service.js';
