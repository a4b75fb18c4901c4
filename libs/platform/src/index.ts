export { PlatformModule } from './platform.module.js';
export { StructuredLogger } from './logger.service.js';
export { HealthService } from './health.service.js';
export { startProcess } from './process.js';
export { PersistentClock } from './persistent-clock.js';
