export { EngagementModule, ReturnsModule } from './engagement.module.js';
export { Engagement, type LinkTarget, type TokenSubject } from './engagement.service.js';
export { Returns } from './returns.service.js';
export { PERSON_ANSWERED } from './engagement.jobs.js';
export { Clicks, type ClickRequest } from './clicks.service.js';
export { ClickVerdicts } from './click-verdicts.service.js';
