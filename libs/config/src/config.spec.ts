import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { ConfigError, exampleEnvironment, readConfig } from './config.js';

const SECRET_KEY = 'a-secret-of-at-least-32-characters';

describe('the configuration', () => {
  it('has a default for everything but the secret', () => {
    expect(readConfig({ SECRET_KEY }).PORT).toBe(3000);
  });

  it('lists all problems at once, each with the meaning of its setting', () => {
    const read = (): unknown => readConfig({ PORT: 'many', REDIS_URL: 'http://x' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT.*[\s\S]*REDIS_URL[\s\S]*SECRET_KEY is missing/);
  });

  it('treats an empty variable as missing', () => {
    expect(readConfig({ SECRET_KEY, PORT: '' }).PORT).toBe(3000);
  });

  it('names the setting of an invalid network', () => {
    const read = (SCANNER_NETWORKS: string) => readConfig({ SECRET_KEY, SCANNER_NETWORKS }).SCANNER_NETWORKS;
    expect(read('192.0.2.0/24, 2001:db8::/32,198.51.100.3')).toEqual(['192.0.2.0/24', '2001:db8::/32', '198.51.100.3']);
    for (const none of ['192.0.2.0/33', '192.0.2', 'gateway.example'])
      expect(() => read(none)).toThrow(/SCANNER_NETWORKS/);
  });

  it('is described line by line in .env.example', () => {
    expect(readFileSync(join(packageRoot(), '.env.example'), 'utf8')).toBe(exampleEnvironment());
  });
});
