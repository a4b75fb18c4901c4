import { join } from 'node:path';
import { type Config, ConfigError, type Environment, readConfig } from '#config';
import { MAILBOX_ADDRESS, readOptions, type StandaloneOptions } from './options.js';

/**
 * Placeholder for the secret that the first run creates, until the data folder
 * exists.
 */
const SECRET_TO_COME = 'made by the first run, in the data folder';

export interface Settings {
  readonly options: StandaloneOptions;
  /**
   * Without database addresses, which are known later. Without the secret,
   * unless it is given.
   */
  readonly config: Config;
  readonly hasSecret: boolean;
}

/**
 * Reads and checks all settings before anything is started.
 * @throws ConfigError with all problems of flags and variables.
 */
export function readSettings(args: readonly string[], environment: Environment): Settings {
  const problems: string[] = [];
  const options = collecting(problems, () => readOptions(args, environment));
  const config = collecting(problems, () => readConfig(withDefaults(environment, options)));
  if (options === null || config === null) throw new ConfigError(problems);
  return { options, config, hasSecret: Boolean(environment['SECRET_KEY']) };
}

function collecting<T>(problems: string[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/**
 * Values that this process decides win over the environment, which may be meant
 * for another program.
 */
function withDefaults(environment: Environment, options: StandaloneOptions | null): Environment {
  const { PUBLIC_URL, LOG_LEVEL, SECRET_KEY } = environment;
  return {
    ...environment,
    LOG_LEVEL: LOG_LEVEL || 'warn',
    SECRET_KEY: SECRET_KEY || SECRET_TO_COME,
    PORT: '',
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
    REDIS_URL: '',
    SMTP_URL: '',
    ...(options === null
      ? {}
      : {
          PORT: String(options.port),
          BIND_ADDRESS: options.host,
          PUBLIC_URL: PUBLIC_URL || `http://localhost:${options.port}`,
          STORAGE_FOLDER: join(options.data, 'blobs'),
          JOURNAL_FOLDER: join(options.data, 'journal'),
          SMTP_URL: `smtp://${MAILBOX_ADDRESS}:${options.smtpPort}`,
        }),
  };
}
