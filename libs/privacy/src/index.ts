export { PrivacyModule } from './privacy.module.js';
export { exportRows } from './export-rows.js';
export { type OrganisationExportId, OrganisationExports } from './organisation-exports.service.js';
export { EXPORT_ORGANISATION } from './privacy.jobs.js';
export { DataSubjectExports } from './data-subject-exports.service.js';
export { RETENTION_CRON, Retentions, retentionVersion } from './retentions.service.js';
