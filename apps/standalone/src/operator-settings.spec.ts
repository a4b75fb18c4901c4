import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#config';
import { writeOperatorSettings } from './operator-settings.js';

describe('settings for the operator’s commands', () => {
  it('can be read by Node, not by other accounts, and are deleted at the end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'operator-'));
    const config = readConfig({ SECRET_KEY: 'a $key "of" 32 characters # at least' });
    const forget = writeOperatorSettings(folder, config, join(folder, 'clock'));
    const path = join(folder, 'operator.env');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const print = 'process.stdout.write(JSON.stringify([process.env.SECRET_KEY, process.env.THROUGHLINE_CALENDAR]))';
    const read = execFileSync(process.execPath, [`--env-file=${path}`, '-e', print], { env: {}, encoding: 'utf8' });
    expect(JSON.parse(read)).toEqual([config.SECRET_KEY, join(folder, 'clock')]);
    forget();
    expect(existsSync(path)).toBe(false);
  });
});
