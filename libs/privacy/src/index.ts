export { PrivacyModule } from './privacy.module.js';
export { exportRows } from './export-rows.js';
export { type OrganisationExportId, OrganisationExports } from './organisation-exports.service.js';
export { type OrganisationDeletionId, OrganisationDeletions } from './organisation-deletions.service.js';
export { OrganisationEraser } from './organisation-eraser.service.js';
export { DELETE_ORGANISATION, EXPORT_ORGANISATION } from './privacy.jobs.js';
export { DataSubjectExports } from './data-subject-exports.service.js';
export { RETENTION_CRON, Retentions, retentionVersion } from './retentions.service.js';
