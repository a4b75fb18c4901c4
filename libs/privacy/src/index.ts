export { PrivacyModule } from './privacy.module.js';
export { PersonFiles } from './person-files.service.js';
export { Retentions } from './retentions.service.js';
