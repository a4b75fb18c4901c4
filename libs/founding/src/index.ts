export { FoundingModule } from './founding.module.js';
export { FirstRuns } from './first-runs.service.js';
export { VendorFounding } from './vendor-founding.service.js';
export { SetUpChecklists, type SetUpChecklist } from './set-up-checklists.service.js';
