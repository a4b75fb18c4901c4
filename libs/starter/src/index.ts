export { StarterModule } from './starter.module.js';
export { Starter, type DemoSignIn } from './starter.service.js';
export { refuseDemoAccounts } from './demo-accounts.js';
