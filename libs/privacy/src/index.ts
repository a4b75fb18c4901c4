export { PrivacyModule } from './privacy.module.js';
export { rowsOfFile } from './person-file.js';
export { PersonFiles } from './person-files.service.js';
export { RETENTION_CRON, Retentions } from './retentions.service.js';
