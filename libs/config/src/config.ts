import { z } from 'zod';

/** `process.env`, or what a test hands in instead. */
export type Environment = Readonly<Record<string, string | undefined>>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const port = z.coerce.number().int().min(0).max(65_535);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const commaSeparated = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/**
 * Every setting of every process, its default and its meaning; `.env.example` is generated from the descriptions here
 * and a test holds the two together.
 */
const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('production')
    .describe('production hides causes from answers'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('least severe line that is logged'),
  PORT: port.default(3000).describe('where api listens (and standalone)'),
  HEALTH_PORT: port.default(9100).describe('where renderer and scheduler answer /health and /metrics'),
  BIND_ADDRESS: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0 in a container'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform(withoutSlash)
    .default('http://localhost:3000')
    .describe('how browsers and mail recipients reach api'),
  DATABASE_URL: postgresUrl
    .default('postgres://throughline_app:throughline_app@localhost:5432/throughline')
    .describe('PostgreSQL as the application role, which owns nothing and cannot bypass row-level security'),
  DATABASE_OWNER_URL: postgresUrl
    .default('postgres://postgres:postgres@localhost:5432/throughline')
    .describe('PostgreSQL as the owner; used for migrations only'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10).describe('connections per process'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .default('redis://localhost:6379')
    .describe('Redis of the Bull queues'),
  STORAGE_FOLDER: z
    .string()
    .min(1)
    .default('.throughline/blobs')
    .describe('content-addressed files; shared by all processes'),
  JOURNAL_FOLDER: z
    .string()
    .min(1)
    .default('.throughline/journal')
    .describe('local disk of this process, for the send journal'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .default('smtp://localhost:1025')
    .describe('relay that takes all mail: smtp://user:password@host:port'),
  MAIL_DOMAIN: z.string().min(3).default('mail.throughline.example').describe('domain of return paths and message ids'),
  MESSAGE_HEADER: z
    .string()
    .regex(/^(X-[A-Za-z0-9-]{1,60})?$/)
    .default('')
    .describe(
      'a further header that carries a message’s id, for a relay that gives messages a Message-ID of its own: X-PM-Metadata-message-id for Postmark; empty: none',
    ),
  INBOUND_SMTP_PORT: port
    .default(0)
    .describe('where scheduler takes bounces, complaints and answers for MAIL_DOMAIN by SMTP; 0 takes none'),
  IMAP_URL: z
    .union([z.literal(''), z.url({ protocol: /^imaps?$/ })])
    .default('')
    .describe(
      'a mailbox that bounces, complaints and answers come to, read by scheduler: imaps://user:password@host:993/INBOX, user and password percent-encoded; empty reads none',
    ),
  IMAP_DONE_FOLDER: z
    .string()
    .max(200)
    .default('')
    .describe(
      'folder that mails are moved to once they are read; empty marks them as read and leaves them where they are',
    ),
  IMAP_POLL_SECONDS: z.coerce
    .number()
    .min(1)
    .max(3600)
    .default(30)
    .describe('how long scheduler waits between two looks into the mailbox'),
  DKIM_KEY_FILE: z
    .string()
    .default('')
    .describe(
      'RSA private key (PEM, 2048 bits or more) that signs all mail for MAIL_DOMAIN; empty where the relay signs',
    ),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i)
    .default('throughline')
    .describe('the key is published at <selector>._domainkey.<MAIL_DOMAIN>'),
  DNS_SERVERS: z
    .string()
    .regex(/^([^\s,]+(,\s*[^\s,]+)*)?$/)
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((server) => server.trim())
        .filter((server) => server !== ''),
    )
    .describe(
      'DNS servers that sending domains are checked with, as address or address:port, comma-separated; empty asks those of the machine',
    ),
  SYSTEM_MAIL_FROM: z
    .string()
    .min(3)
    .default('Throughline <no-reply@throughline.example>')
    .describe('sender of invitations and password resets'),
  SECRET_KEY: z
    .string()
    .min(32)
    .describe('at least 32 characters; signs links and derives keyed hashes: keep it for ever'),
  LINK_KEYS: commaSeparated
    .pipe(z.array(z.string().min(32)))
    .describe(
      'secrets for links in mails and return paths, newest first, each at least 32 characters; links of every one here and of SECRET_KEY keep working; empty: SECRET_KEY',
    ),
  SECURE_COOKIES: flag.default(true).describe('false only for plain http on localhost'),
  TRUST_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0).describe('load balancers in front of api'),
  CORS_ORIGINS: commaSeparated.describe('other origins whose pages may call the API, comma-separated'),
  RATE_LIMIT_SCALE: z.coerce.number().positive().max(1000).default(1).describe('multiplies every rate limit'),
  RENDER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2).describe('CPU-bound jobs at once per renderer'),
  SEND_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(8)
    .describe('SMTP connections at once per scheduler'),
  SEAL_SAMPLE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('share of messages whose final bytes are verified before they go out; 1 is all, a millisecond each'),
  FREQUENCY_CAP: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('how many messages of a vendor reach an address in any seven days, whichever partners send them'),
  PARTNER_FREQUENCY_CAP: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(6)
    .describe('how many messages of a partner reach an address in any seven days, whichever vendors they are of'),
  INITIAL_HOLD_MINUTES: z.coerce
    .number()
    .min(0)
    .max(1440)
    .default(15)
    .describe(
      'how long a partner that begins to send waits after 200 messages for what comes back of them; 0 waits for nothing',
    ),
  SCANNER_NETWORKS: commaSeparated
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
    .describe(
      'networks of mail gateways beside the published ones, such as 192.0.2.0/24, comma-separated: clicks from there are a program’s',
    ),
  WEBHOOK_TRIAL_NETWORKS: commaSeparated.describe(
    'for trying only: networks such as 127.0.0.1 or 10.0.0.0/8, comma-separated, that webhooks may reach too; with any, also plain http and every port',
  ),
  RELAY_PRIVATE_NETWORKS: commaSeparated.describe(
    "networks such as 10.0.0.0/8, comma-separated, in which vendors' own SMTP relays may stand beside public addresses; with any, at every port. SMTP_URL and relays that an operator adds may stand anywhere",
  ),
  DELIVERY_REPORTS: flag
    .default(false)
    .describe(
      'true asks relays that offer it (RFC 3461) for a report of each delivery, too: one more mail for each mail, which tells of unknown messages',
    ),
  POSTFIX_LOG: z
    .string()
    .default('')
    .describe(
      'log of the Postfix on this machine that SMTP_URL leads to: unknown messages are looked up there by their Message-ID; empty where there is none',
    ),
  POSTFIX_LOG_IS_COMPLETE: flag
    .default(false)
    .describe(
      'true says that POSTFIX_LOG is the log of the one Postfix to which SMTP_URL of every scheduler leads, and that it leaves no lines out: what it does not have was never taken, and may be repeated',
    ),
  POSTFIX_LOG_SETTLES_MINUTES: z.coerce
    .number()
    .positive()
    .max(1440)
    .default(15)
    .describe(
      'so long after a message became unknown POSTFIX_LOG must have been written once more before it can tell that the message is not there; longer than smtpd_timeout',
    ),
  UNKNOWN_CLOSE_DAYS: z.coerce
    .number()
    .positive()
    .max(365)
    .default(7)
    .describe(
      'after so many days without evidence, a message that may have gone out is closed: counted, shown, never repeated',
    ),
  SEND_LEASE_SECONDS: z.coerce
    .number()
    .int()
    .min(6)
    .max(7200)
    .default(900)
    .describe(
      'how long a scheduler has from handing a chunk off to its outcome; two thirds of it may pass until the relay answers the end of a message (RFC 5321 asks for ten minutes)',
    ),
});

export type Config = Readonly<z.output<typeof settings>>;

/** All that is wrong with the environment, in one error: an operator fixes a list, not one line a restart. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  - ${line}`).join('\n')}\nSee .env.example for every setting and its meaning.`,
    );
  }
}

/**
 * Reads and checks every setting at once.
 * @throws ConfigError listing each bad setting with its meaning.
 */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]) as keyof typeof settings.shape;
      const problem = given[name] === undefined ? 'is missing' : issue.message;
      return `${name} ${problem} (${settings.shape[name].description ?? ''})`;
    }),
  );
}

/** The text of `.env.example`: every setting with its meaning and default. */
export function exampleEnvironment(): string {
  const lines = Object.entries(settings.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    const fallback = parsed.success ? (Array.isArray(parsed.data) ? '' : String(parsed.data)) : '';
    return `# ${schema.description ?? ''}${parsed.success ? '' : ' (required)'}\n${parsed.success ? '#' : ''}${name}=${fallback}\n`;
  });
  return `# Every setting of the processes. A line that starts with #NAME shows its default.\n# npm start takes some more, such as the ports of its inbox and its data folder: npm start -- --help.\n\n${lines.join('\n')}`;
}
