import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Environment } from '#config';
import { packageRoot } from '#kernel';

const port = z.coerce.number().int().min(1).max(65_535);

const Options = z.object({
  port: port.default(3000),
  mailboxPort: port.default(1080),
  smtpPort: port.default(1025),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1).default('.throughline'),
});

export interface StandaloneOptions {
  readonly port: number;
  readonly mailboxPort: number;
  readonly smtpPort: number;
  /** Where api, mailbox and SMTP listen: loopback, unless somebody wants otherwise. */
  readonly host: string;
  /** The folder of database, files and mails. */
  readonly data: string;
  readonly postgresFolder: string;
}

const FLAGS = {
  port: 'PORT',
  'mailbox-port': 'MAILBOX_PORT',
  'smtp-port': 'SMTP_PORT',
  host: 'HOST_ADDRESS',
  data: 'DATA_FOLDER',
} as const;

/**
 * Flags win over the environment: `--port 4000`, `--mailbox-port`, `--smtp-port`, `--host`, `--data`.
 * @throws Error naming the flag and the way out.
 */
export function readOptions(args: readonly string[], environment: Environment): StandaloneOptions {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }])),
  });
  const given = Object.fromEntries(
    Object.entries(FLAGS).map(([flag, variable]) => [
      flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      values[flag] ?? environment[variable],
    ]),
  );
  const parsed = Options.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(
      `--${String(issue?.path[0])}: ${issue?.message ?? 'is not valid'}. For example: npm start -- --port 4000`,
    );
  }
  const data = resolve(packageRoot(), parsed.data.data);
  return { ...parsed.data, data, postgresFolder: join(data, 'postgres') };
}
