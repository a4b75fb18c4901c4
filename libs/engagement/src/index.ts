export { EngagementModule } from './engagement.module.js';
export { Engagement, type LinkTarget, type TokenSubject } from './engagement.service.js';
