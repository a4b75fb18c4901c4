export { Bell } from './bell.service.js';
export { DatabaseClock } from './database-clock.service.js';
export { Database } from './database.service.js';
export { DatabaseModule, type DatabaseOptions } from './database.module.js';
export { migrate } from './migrations.js';
export { smallLetters } from './small-letters.js';
export { unestimated } from './unestimated.js';
