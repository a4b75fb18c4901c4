import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ConfigError, type Environment } from '#config';
import { packageRoot } from '#kernel';

const port = z.coerce
  .number('is not a number')
  .int('is not a whole number')
  .min(1, 'is below 1')
  .max(65_535, 'is above 65535');
const text = z.string().min(1, 'is empty');

const Options = z.object({
  port: port.default(3000),
  'mailbox-port': port.default(1080),
  'smtp-port': port.default(1025),
  host: text.default('127.0.0.1'),
  data: text.default('.throughline'),
  demo: z.enum(['yes', 'fresh', 'no'], 'is neither yes, fresh nor no').default('yes'),
});

/**
 * Where the mailbox listens, whatever --host says: it has no password, and its
 * mails have links that sign people in.
 */
export const MAILBOX_ADDRESS = '127.0.0.1';

export interface StandaloneOptions {
  readonly port: number;
  readonly mailboxPort: number;
  readonly smtpPort: number;
  /** Where api listens. Default: loopback. */
  readonly host: string;
  /** The folder of database, files and mails. */
  readonly data: string;
  readonly postgresFolder: string;
  /** Whether an empty installation is filled with sample data. */
  readonly isDemo: boolean;
  /** Whether that data has a history. */
  readonly hasPast: boolean;
}

/** Each flag, and the environment variable with the same meaning. */
export const FLAGS = {
  port: 'PORT',
  'mailbox-port': 'MAILBOX_PORT',
  'smtp-port': 'SMTP_PORT',
  host: 'HOST_ADDRESS',
  data: 'DATA_FOLDER',
  demo: 'DEMO',
} as const;
type Flag = keyof typeof FLAGS;

/**
 * Reads the options. Flags win over the environment.
 * @throws ConfigError with all problems.
 */
export function readOptions(args: readonly string[], environment: Environment): StandaloneOptions {
  const { values, problems } = readFlags(args);
  const given = Object.fromEntries(
    (Object.keys(FLAGS) as Flag[]).map((flag) => [flag, values.get(flag) ?? (environment[FLAGS[flag]] || undefined)]),
  );
  const parsed = Options.safeParse(given);
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map(({ path, message }) => {
        const flag = String(path[0]) as Flag;
        return `${values.has(flag) ? `--${flag}` : FLAGS[flag]} ${message}: ${given[flag] ?? ''}`;
      }),
    );
    throw new ConfigError(problems);
  }
  const { port: main, 'mailbox-port': mailboxPort, 'smtp-port': smtpPort, host, demo } = parsed.data;
  if (new Set([main, mailboxPort, smtpPort]).size < 3)
    problems.push(`--port ${main}, --mailbox-port ${mailboxPort} and --smtp-port ${smtpPort} must differ`);
  if (problems.length > 0) throw new ConfigError(problems);
  const data = resolve(packageRoot(), parsed.data.data);
  return {
    port: main,
    mailboxPort,
    smtpPort,
    host,
    data,
    postgresFolder: join(data, 'postgres'),
    isDemo: demo !== 'no',
    hasPast: demo === 'yes',
  };
}

function readFlags(args: readonly string[]): { values: Map<string, string>; problems: string[] } {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const options = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') problems.push(`${token.value} is no flag: npm start -- --help lists them`);
    else if (!(token.name in FLAGS)) problems.push(`${token.rawName} is no flag: npm start -- --help lists them`);
    else if (token.value === undefined) problems.push(`${token.rawName} needs a value`);
    else values.set(token.name, token.value);
  }
  return { values, problems };
}

/** The file with the time to which the calendar was moved. */
export const calendarOf = ({ data }: StandaloneOptions): string => join(data, 'clock');
