export { readConfig, ConfigError, type Config, type Environment } from './config.js';
export { receivesMail } from './receives-mail.js';
export { ConfigModule, CONFIG } from './config.module.js';
export { hasKnownPassword, productionProblems } from './production.js';
