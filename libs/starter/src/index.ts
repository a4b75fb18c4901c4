export { StarterModule } from './starter.module.js';
export { Starter, type DemoSignIn, type ShowStep } from './starter.service.js';
