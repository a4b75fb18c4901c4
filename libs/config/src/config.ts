import type { z } from 'zod';
import { settings } from './settings.js';

/** `process.env`, or the values of a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Settings = z.output<typeof settings>;
export type Config = Readonly<Omit<Settings, 'SECURE_COOKIES'>> & { readonly SECURE_COOKIES: boolean };

/**
 * All problems of the environment in one error, so that an operator needs one
 * restart to fix them.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(
      [
        `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
        ...problems.map((line) => `  - ${line}`),
        'See .env.example for every setting and its meaning.',
      ].join('\n'),
    );
  }
}

/**
 * Reads and checks all settings.
 * @throws ConfigError listing each bad setting with its meaning.
 */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return withSecureCookies(parsed.data);
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]) as keyof typeof settings.shape;
      const problem = given[name] === undefined ? 'is missing' : issue.message;
      return `${name} ${problem} (${settings.shape[name].description ?? ''})`;
    }),
  );
}

/**
 * Behind https cookies are secure, and without it the browser would not return
 * secure ones.
 */
function withSecureCookies(given: Settings): Config {
  const isHttps = given.PUBLIC_URL.startsWith('https:');
  if (given.SECURE_COOKIES !== '' && given.SECURE_COOKIES !== isHttps)
    throw new ConfigError([
      `SECURE_COOKIES is ${String(given.SECURE_COOKIES)} and PUBLIC_URL is ${isHttps ? 'https' : 'http'}: ` +
        'correct PUBLIC_URL, or remove SECURE_COOKIES',
    ]);
  return Object.freeze({ ...given, SECURE_COOKIES: isHttps });
}
