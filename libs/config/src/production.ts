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

/** A larger factor makes the limits of sign-ins meaningless. */
const MAX_LIMIT_SCALE = 10;
/** A random key of 32 characters has at least 12, also in hexadecimal. */
const MIN_KEY_CHARACTERS = 8;
const KNOWN_KEY = /change.?me|example|password|your.?secret|0123456789/i;
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

type Check = (config: Config) => string | null;

const keyProblem = (name: string, key: string): string | null =>
  new Set(key).size < MIN_KEY_CHARACTERS || KNOWN_KEY.test(key)
    ? `${name} can be guessed. Set a random one: openssl rand -hex 32`
    : null;
const passwordProblem = (name: string, password: string): string | null =>
  password !== '' && KNOWN_PASSWORDS.has(password.toLowerCase())
    ? `${name} can be guessed. Set a random one: openssl rand -hex 24`
    : null;
const isOpenHttp = (address: string): boolean => {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol !== 'https:' && !LOOPBACK.test(hostname);
};
const isEverything = (network: string): boolean => network.endsWith('/0');

/**
 * What is unsafe in production, for each setting. `null`: no value of it is, as
 * far as this process can tell. A new setting does not compile without its line.
 */
const CHECKS: Readonly<Record<keyof Config, Check | null>> = {
  NODE_ENV: null,
  LOG_LEVEL: null,
  PORT: null,
  HEALTH_PORT: null,
  BIND_ADDRESS: null,
  PUBLIC_URL: ({ PUBLIC_URL }) =>
    isOpenHttp(PUBLIC_URL)
      ? 'PUBLIC_URL is http, so that passwords and sessions can be read on the way. Set an https address; http is for this machine only'
      : null,
  ALLOWED_HOSTS: null,
  DATABASE_URL: ({ DATABASE_URL }) =>
    hasKnownPassword(DATABASE_URL)
      ? 'DATABASE_URL has a password that can be guessed. Set a random one: openssl rand -hex 24'
      : null,
  DATABASE_OWNER_URL: ({ DATABASE_OWNER_URL }) =>
    DATABASE_OWNER_URL === ''
      ? null
      : 'DATABASE_OWNER_URL is set, and this process must not own the database. Remove it; only "throughline migrate" needs it.',
  DATABASE_API_PASSWORD: ({ DATABASE_API_PASSWORD }) => passwordProblem('DATABASE_API_PASSWORD', DATABASE_API_PASSWORD),
  DATABASE_RENDERER_PASSWORD: ({ DATABASE_RENDERER_PASSWORD }) =>
    passwordProblem('DATABASE_RENDERER_PASSWORD', DATABASE_RENDERER_PASSWORD),
  DATABASE_SCHEDULER_PASSWORD: ({ DATABASE_SCHEDULER_PASSWORD }) =>
    passwordProblem('DATABASE_SCHEDULER_PASSWORD', DATABASE_SCHEDULER_PASSWORD),
  DATABASE_POOL: null,
  REDIS_URL: null,
  STORAGE_FOLDER: null,
  JOURNAL_FOLDER: null,
  SMTP_URL: null,
  MAIL_DOMAIN: null,
  MESSAGE_HEADER: null,
  INBOUND_SMTP_PORT: null,
  IMAP_URL: null,
  IMAP_DONE_FOLDER: null,
  IMAP_POLL_SECONDS: null,
  DKIM_KEY_FILE: null,
  DKIM_SELECTOR: null,
  DNS_SERVERS: null,
  SYSTEM_MAIL_FROM: null,
  SECRET_KEY: ({ SECRET_KEY }) => keyProblem('SECRET_KEY', SECRET_KEY),
  // A key that was replaced because it can be guessed is still needed.
  SECRET_KEY_PREVIOUS: null,
  LINK_KEYS: ({ LINK_KEYS }) =>
    LINK_KEYS.map((key) => keyProblem('A key of LINK_KEYS', key)).find((problem) => problem !== null) ?? null,
  SECURE_COOKIES: null,
  TRUST_PROXY_HOPS: null,
  CORS_ORIGINS: ({ CORS_ORIGINS }) =>
    CORS_ORIGINS.some(isOpenHttp)
      ? 'CORS_ORIGINS has an origin that is not https. List origins such as https://crm.example.com'
      : null,
  RATE_LIMIT_SCALE: ({ RATE_LIMIT_SCALE }) =>
    RATE_LIMIT_SCALE > MAX_LIMIT_SCALE
      ? `RATE_LIMIT_SCALE is above ${MAX_LIMIT_SCALE}, so that passwords can be guessed. Set it lower`
      : null,
  RENDER_CONCURRENCY: null,
  CONTACT_QUOTA: null,
  WAITING_IMPORTS: null,
  PACKAGE_QUOTA_MB: null,
  LOGO_QUOTA_MB: null,
  LIBRARY_QUOTA_MB: null,
  PICTURE_QUOTA_MB: null,
  SEND_CONCURRENCY: null,
  SEAL_SAMPLE: null,
  FREQUENCY_CAP: null,
  PARTNER_FREQUENCY_CAP: null,
  EMAILS_PER_DAY: null,
  PUBLIC_HOLIDAYS: null,
  LAUNCH_DELAY_MINUTES: null,
  INITIAL_HOLD_MINUTES: null,
  SCANNER_NETWORKS: null,
  WEBHOOK_TRIAL_NETWORKS: ({ WEBHOOK_TRIAL_NETWORKS }) =>
    WEBHOOK_TRIAL_NETWORKS.length === 0
      ? null
      : 'WEBHOOK_TRIAL_NETWORKS is for tests: with it, webhooks reach your own network. Remove it',
  RELAY_PRIVATE_NETWORKS: ({ RELAY_PRIVATE_NETWORKS }) =>
    RELAY_PRIVATE_NETWORKS.some(isEverything)
      ? 'RELAY_PRIVATE_NETWORKS has every address. List the networks of your relays, such as 10.0.5.0/24'
      : null,
  DELIVERY_REPORTS: null,
  POSTFIX_LOG: null,
  POSTFIX_LOG_IS_COMPLETE: null,
  POSTFIX_LOG_SETTLES_MINUTES: null,
  UNKNOWN_CLOSE_DAYS: null,
  SEND_LEASE_SECONDS: null,
};

/**
 * What a server process refuses to start with under NODE_ENV=production.
 * @returns one sentence for each problem, with the way out.
 */
export function productionProblems(config: Config): string[] {
  return Object.values(CHECKS).flatMap((check) => check?.(config) ?? []);
}
