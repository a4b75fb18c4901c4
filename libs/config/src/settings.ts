import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const port = wholeNumber(0, 65_535);
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
const withoutSlash = (url: string): string => url.replace(/(?<!\/)\/+$/, '');

/**
 * Every setting of every process, with its default and meaning. `.env.example`
 * is generated from these descriptions, and a test compares the two.
 */
export const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('production')
    .describe('production refuses to start with unsafe settings and rights'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('lowest severity that is logged'),
  PORT: port.default(3000).describe('port of api (and of npm start)'),
  HEALTH_PORT: port.default(9100).describe('port of each process for /health and /metrics; not for the public'),
  BIND_ADDRESS: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0 in a container'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform(withoutSlash)
    .default('http://localhost:3000')
    .describe('address of api for browsers and recipients of mail'),
  ALLOWED_HOSTS: commaSeparated.describe(
    'other host names that api answers to, comma-separated; that of PUBLIC_URL is always one',
  ),
  DATABASE_URL: postgresUrl
    .default('postgres://throughline_app:throughline_app@localhost:5432/throughline')
    .describe(
      'PostgreSQL. api, renderer and scheduler sign in as throughline_api, throughline_renderer and ' +
        'throughline_scheduler, commands as throughline_app. None can bypass row-level security',
    ),
  DATABASE_OWNER_URL: z
    .union([z.literal(''), postgresUrl])
    .default('')
    .describe('for throughline migrate only: PostgreSQL with the owner role'),
  DATABASE_API_PASSWORD: z
    .string()
    .default('')
    .describe('for throughline migrate only: password that the role throughline_api gets'),
  DATABASE_RENDERER_PASSWORD: z
    .string()
    .default('')
    .describe('for throughline migrate only: password that the role throughline_renderer gets'),
  DATABASE_SCHEDULER_PASSWORD: z
    .string()
    .default('')
    .describe('for throughline migrate only: password that the role throughline_scheduler gets'),
  DATABASE_POOL: wholeNumber(2, 200).default(10).describe('connections per process'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .default('redis://localhost:6379')
    .describe('Redis for the Bull queues'),
  STORAGE_FOLDER: z
    .string()
    .min(1)
    .default('.throughline/blobs')
    .describe('folder for content-addressed files, shared by all processes'),
  JOURNAL_FOLDER: z
    .string()
    .min(1)
    .default('.throughline/journal')
    .describe('folder for the send journal, on a local disk of this process'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .default('smtp://localhost:1025')
    .describe('default relay: smtp://user:password@host:port'),
  MAIL_DOMAIN: z.string().min(3).default('mail.throughline.example').describe('domain of return paths and message ids'),
  MESSAGE_HEADER: z
    .string()
    .regex(/^(X-[A-Za-z0-9-]{1,60})?$/)
    .default('')
    .describe(
      'additional header with the message id, for relays that replace the Message-ID ' +
        '(Postmark: X-PM-Metadata-message-id); empty: none',
    ),
  INBOUND_SMTP_PORT: port
    .default(0)
    .describe('port on which scheduler receives bounces, complaints and replies for MAIL_DOMAIN by SMTP; 0: off'),
  IMAP_URL: z
    .union([z.literal(''), z.url({ protocol: /^imaps?$/ })])
    .default('')
    .describe(
      'mailbox of bounces, complaints and replies, read by scheduler: ' +
        'imaps://user:password@host:993/INBOX (user and password percent-encoded); empty: off',
    ),
  IMAP_DONE_FOLDER: z
    .string()
    .max(200)
    .default('')
    .describe('mailbox folder for processed mails; empty: they are marked as read and not moved'),
  IMAP_POLL_SECONDS: z.coerce
    .number()
    .min(1)
    .max(3600)
    .default(30)
    .describe('seconds between two reads of the mailbox'),
  DKIM_KEY_FILE: z
    .string()
    .default('')
    .describe(
      'RSA private key (PEM, 2048 bits or more) for DKIM signatures of MAIL_DOMAIN; empty if ' + 'the relay signs',
    ),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i)
    .default('throughline')
    .describe('DKIM selector; the key is published at <selector>._domainkey.<MAIL_DOMAIN>'),
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
      'DNS servers for checks of sending domains, as address or address:port, comma-separated; ' +
        'empty: those of the machine',
    ),
  SYSTEM_MAIL_FROM: z
    .string()
    .min(3)
    .default('Throughline <no-reply@throughline.example>')
    .describe('sender of system e-mails, such as invitations and password resets'),
  SECRET_KEY: z
    .string()
    .min(32)
    .describe(
      'at least 32 characters; signs links, seals secrets and derives keyed hashes. Change it with ' +
        'throughline secret-key rotate only',
    ),
  SECRET_KEY_PREVIOUS: commaSeparated
    .pipe(z.array(z.string().min(32)))
    .describe(
      'every SECRET_KEY that this installation had before, newest first, comma-separated. ' +
        'Suppressed addresses are recognised by the oldest, and links of all of them stay valid',
    ),
  LINK_KEYS: commaSeparated
    .pipe(z.array(z.string().min(32)))
    .describe(
      'secrets for links in mails and return paths, newest first, each at least 32 characters. ' +
        'Links of all of them and of SECRET_KEY stay valid; empty: SECRET_KEY',
    ),
  SECURE_COOKIES: z
    .union([z.literal(''), flag])
    .default('')
    .describe('secure session cookies; empty: true if PUBLIC_URL is https, and no other value is accepted'),
  TRUST_PROXY_HOPS: wholeNumber(0, 10).default(0).describe('number of load balancers in front of api'),
  CORS_ORIGINS: commaSeparated.describe('other origins that may call the API, comma-separated'),
  RATE_LIMIT_SCALE: z.coerce.number().positive().max(1000).default(1).describe('factor for every rate limit'),
  RENDER_CONCURRENCY: wholeNumber(1, 64).default(2).describe('simultaneous CPU-bound jobs per renderer'),
  CONTACT_QUOTA: wholeNumber(1, 10_000_000).default(1_000_000).describe('maximum contacts of a partner'),
  WAITING_IMPORTS: wholeNumber(1, 1_000)
    .default(10)
    .describe('maximum imports of a partner that wait or run; each file has up to 50 MB'),
  PACKAGE_QUOTA_MB: wholeNumber(30, 1_000_000)
    .default(3_000)
    .describe('maximum size of all files that the campaigns of a vendor have in STORAGE_FOLDER'),
  LOGO_QUOTA_MB: wholeNumber(10, 10_000)
    .default(200)
    .describe('maximum size of all logos that a partner has stored, with their variants and earlier ones'),
  LIBRARY_QUOTA_MB: wholeNumber(25, 1_000_000)
    .default(5_000)
    .describe('maximum size of all files in the library of a vendor, with replaced and deleted ones'),
  PICTURE_QUOTA_MB: wholeNumber(25, 100_000)
    .default(300)
    .describe('maximum size of all pictures that a partner has uploaded for campaigns, with deleted ones and all cuts'),
  SEND_CONCURRENCY: wholeNumber(1, 200).default(8).describe('simultaneous SMTP connections per scheduler'),
  SEAL_SAMPLE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('share of messages that are verified before submission, from 0 to 1; about 1 ms each'),
  FREQUENCY_CAP: wholeNumber(1, 100)
    .default(4)
    .describe(
      'maximum messages of one vendor to an address in seven days, over all partners; one partner may send one less',
    ),
  PARTNER_FREQUENCY_CAP: wholeNumber(1, 100)
    .default(6)
    .describe('maximum messages of one partner to an address in seven days, over all vendors'),
  EMAILS_PER_DAY: wholeNumber(0, 10)
    .default(1)
    .describe(
      'campaign e-mails of different campaigns that a person gets from a partner in a day; later ones wait; ' +
        'a partner may change it; 0: any number',
    ),
  PUBLIC_HOLIDAYS: flag
    .default(true)
    .describe('no campaign e-mails on public holidays of the recipient’s country; each partner may choose otherwise'),
  LAUNCH_DELAY_MINUTES: wholeNumber(0, 60)
    .default(5)
    .describe('minutes between a launch and its first e-mail, in which it can be undone; each partner can change it'),
  INITIAL_HOLD_MINUTES: z.coerce
    .number()
    .min(0)
    .max(1440)
    .default(15)
    .describe('minutes that a new sender waits for bounces after its first 200 messages; 0: no wait'),
  SCANNER_NETWORKS: commaSeparated
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
    .describe(
      'additional networks of mail gateways, such as 192.0.2.0/24, comma-separated; their ' +
        'clicks count as automatic',
    ),
  WEBHOOK_TRIAL_NETWORKS: commaSeparated.describe(
    'for tests only: private networks that webhooks may reach, such as 127.0.0.1 or ' +
      '10.0.0.0/8, comma-separated; if set, also plain http and every port',
  ),
  RELAY_PRIVATE_NETWORKS: commaSeparated.describe(
    'private networks that relays of vendors may be in, such as 10.0.0.0/8, comma-separated; ' +
      'if set, every port is allowed. SMTP_URL and relays added by an operator are not ' +
      'restricted',
  ),
  DELIVERY_REPORTS: flag
    .default(false)
    .describe(
      'requests a report of each delivery (RFC 3461), as evidence about unknown messages; one ' +
        'more mail per message',
    ),
  POSTFIX_LOG: z
    .string()
    .default('')
    .describe(
      'log file of the local Postfix behind SMTP_URL, for look-ups of unknown messages by ' + 'Message-ID; empty: none',
    ),
  POSTFIX_LOG_IS_COMPLETE: flag
    .default(false)
    .describe(
      'true only if all schedulers use the one Postfix of POSTFIX_LOG, and the log loses no ' +
        'lines: then a message that is not in the log was not accepted, and may be sent again',
    ),
  POSTFIX_LOG_SETTLES_MINUTES: z.coerce
    .number()
    .positive()
    .max(1440)
    .default(15)
    .describe(
      'minutes that POSTFIX_LOG must cover after a message became unknown, before its absence ' +
        'counts; longer than smtpd_timeout',
    ),
  UNKNOWN_CLOSE_DAYS: z.coerce
    .number()
    .positive()
    .max(365)
    .default(7)
    .describe('days without evidence after which an unknown message is closed and never sent again'),
  SEND_LEASE_SECONDS: wholeNumber(6, 7200)
    .default(900)
    .describe(
      'seconds from the release of a chunk to its outcome. Two thirds of it are the limit for ' +
        'the answer to end-of-data (RFC 5321 asks for ten minutes)',
    ),
});
