export { StarterModule } from './starter.module.js';
export { Starter, type DemoSignIn } from './starter.service.js';
export { demoAddresses } from './seed-file.js';
