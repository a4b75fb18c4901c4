export { PrivacyModule } from './privacy.module.js';
export { exportRows } from './export-rows.js';
export { DataSubjectExports } from './data-subject-exports.service.js';
export { RETENTION_CRON, Retentions, retentionVersion } from './retentions.service.js';
