import { type Config, ConfigError, hasKnownPassword, readConfig } from '#config';
import { grantProcessRoles, migrate } from '#database';
import type { Print } from './commands.js';

/**
 * The service that migrates holds no other secrets: the key is not read, but
 * `readConfig` asks for one.
 */
const NOT_READ = 'migrations do not need this secret';

/**
 * Brings the database up to date, and gives each process its role.
 * @throws ConfigError if an address or a password is missing or can be guessed.
 */
export async function migrateDatabase(print: Print): Promise<void> {
  const config = readConfig({ ...process.env, SECRET_KEY: NOT_READ });
  const problems = migrationProblems(config);
  if (problems.length > 0) throw new ConfigError(problems);
  const applied = await migrate(config.DATABASE_OWNER_URL, config.DATABASE_URL);
  await grantProcessRoles(config.DATABASE_OWNER_URL, {
    api: config.DATABASE_API_PASSWORD,
    renderer: config.DATABASE_RENDERER_PASSWORD,
    scheduler: config.DATABASE_SCHEDULER_PASSWORD,
  });
  print(applied.length === 0 ? 'The database is up to date.' : `Migrations applied: ${applied.join(', ')}`);
}

function migrationProblems(config: Config): string[] {
  const { DATABASE_URL, DATABASE_OWNER_URL, NODE_ENV } = config;
  if (DATABASE_OWNER_URL === '') return ['DATABASE_OWNER_URL is missing (PostgreSQL with the owner role)'];
  const passwords = {
    DATABASE_API_PASSWORD: config.DATABASE_API_PASSWORD,
    DATABASE_RENDERER_PASSWORD: config.DATABASE_RENDERER_PASSWORD,
    DATABASE_SCHEDULER_PASSWORD: config.DATABASE_SCHEDULER_PASSWORD,
  };
  const missing = Object.entries(passwords)
    .filter(([, password]) => password === '')
    .map(([name]) => `${name} is missing: set a random one, such as that of openssl rand -hex 24`);
  if (NODE_ENV !== 'production') return missing;
  const known = Object.entries({ DATABASE_URL, DATABASE_OWNER_URL })
    .filter(([, url]) => hasKnownPassword(url))
    .map(([name]) => `${name} has a password that can be guessed. Set a random one: openssl rand -hex 24`);
  return [...missing, ...known];
}
