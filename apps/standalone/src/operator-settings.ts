import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';

const KEPT = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'SECRET_KEY',
  'SECRET_KEY_PREVIOUS',
  'STORAGE_FOLDER',
  'JOURNAL_FOLDER',
  'SMTP_URL',
  'PUBLIC_URL',
  'MAIL_DOMAIN',
] as const satisfies readonly (keyof Config)[];

/**
 * Writes the settings with which the operator's commands find this installation
 * while it runs: `node --env-file=<folder>/operator.env
 * dist/apps/cli/src/main.js …`.
 * @param calendar the file with the clock's offset, so that commands use the
 *   same time.
 * @returns a function that deletes the file.
 */
export function writeOperatorSettings(
  folder: string,
  config: Pick<Config, (typeof KEPT)[number]>,
  calendar: string,
): () => void {
  const path = join(folder, 'operator.env');
  const settings = [...KEPT.map((name) => [name, config[name]] as const), ['THROUGHLINE_CALENDAR', calendar] as const];
  writeFileSync(path, settings.map(([name, value]) => `${name}='${[value].flat().join(',')}'\n`).join(''), {
    mode: 0o600,
  });
  chmodSync(path, 0o600);
  return () => {
    rmSync(path, { force: true });
  };
}
