export { StarterModule } from './starter.module.js';
export { Starter, type DemoSignIn } from './starter.service.js';
export { History } from './history/history.service.js';
export { refuseDemoAccounts } from './demo-accounts.js';
