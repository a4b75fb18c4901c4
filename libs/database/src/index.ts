export { PostgresNotifications } from './postgres-notifications.service.js';
export { DatabaseClock } from './database-clock.service.js';
export { Database } from './database.service.js';
export { DatabaseModule } from './database.module.js';
export { migrate } from './migrations.js';
export { lowerCase } from './lower-case.js';
export { hiddenFromPlanner } from './hidden-from-planner.js';
export { unnestRows } from './unnest-rows.js';
