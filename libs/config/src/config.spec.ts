import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { ConfigError, exampleEnvironment, readConfig } from './config.js';

const SECRET_KEY = 'a-secret-of-at-least-32-characters';

describe('the configuration', () => {
  it('has a default for everything but the secret', () => {
    expect(readConfig({ SECRET_KEY }).PORT).toBe(3000);
  });

  it('lists every problem at once, with the meaning of the setting', () => {
    const read = (): unknown => readConfig({ PORT: 'many', REDIS_URL: 'http://x' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT.*[\s\S]*REDIS_URL[\s\S]*SECRET_KEY is missing/);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ SECRET_KEY, PORT: '' }).PORT).toBe(3000);
  });

  it('is described line by line in .env.example', () => {
    expect(readFileSync(join(packageRoot(), '.env.example'), 'utf8')).toBe(exampleEnvironment());
  });
});
