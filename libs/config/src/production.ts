import type { Config } from './config.js';

/** Passwords that are in examples, documents and earlier defaults. */
const KNOWN_PASSWORDS = new Set([
  '',
  'postgres',
  'password',
  'secret',
  'admin',
  'changeme',
  'throughline',
  'throughline_app',
]);

/**
 * Whether the password of a database address can be guessed: none, one that is
 * in examples, or the name of the role.
 */
export function hasKnownPassword(databaseUrl: string): boolean {
  const { username, password } = new URL(databaseUrl);
  const given = decodeURIComponent(password).toLowerCase();
  return KNOWN_PASSWORDS.has(given) || given === decodeURIComponent(username).toLowerCase();
}

/**
 * What a server process refuses to start with under NODE_ENV=production.
 * @returns one sentence for each problem, with the way out.
 */
export function productionProblems(config: Pick<Config, 'DATABASE_URL' | 'DATABASE_OWNER_URL'>): string[] {
  const problems: string[] = [];
  if (hasKnownPassword(config.DATABASE_URL))
    problems.push('DATABASE_URL has a password that can be guessed. Set a random one: openssl rand -hex 24');
  if (config.DATABASE_OWNER_URL !== '')
    problems.push(
      'DATABASE_OWNER_URL is set, and this process must not own the database. Remove it; only "throughline migrate" needs it.',
    );
  return problems;
}
