import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { ConfigError, readConfig } from './config.js';
import { exampleEnvironment } from './example-environment.js';
import { productionProblems } from './production.js';

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

  it.each([
    ['https://throughline.corp.example', undefined, true],
    ['https://throughline.corp.example', 'true', true],
    ['http://localhost:3000', undefined, false],
    ['http://localhost:3000', 'false', false],
  ])('derives secure cookies from PUBLIC_URL %s and SECURE_COOKIES %s', (PUBLIC_URL, SECURE_COOKIES, secure) => {
    expect(readConfig({ SECRET_KEY, PUBLIC_URL, SECURE_COOKIES }).SECURE_COOKIES).toBe(secure);
  });

  it.each([
    ['https://throughline.corp.example', 'false'],
    ['http://localhost:3000', 'true'],
  ])('refuses SECURE_COOKIES that contradict PUBLIC_URL %s: %s', (PUBLIC_URL, SECURE_COOKIES) => {
    expect(() => readConfig({ SECRET_KEY, PUBLIC_URL, SECURE_COOKIES })).toThrow(
      /SECURE_COOKIES is .* and PUBLIC_URL is .*: correct PUBLIC_URL, or remove SECURE_COOKIES/,
    );
  });

  it('is refused in production with a known password or the owner, and with nothing else', () => {
    const problems = (password: string, DATABASE_OWNER_URL = ''): string[] =>
      productionProblems(
        readConfig({
          SECRET_KEY,
          DATABASE_URL: `postgres://throughline_api:${password}@localhost/throughline`,
          DATABASE_OWNER_URL,
        }),
      );
    for (const known of ['', 'postgres', 'throughline_api', 'Changeme', 'throughline_ap%69'])
      expect(problems(known)).toEqual([expect.stringMatching(/DATABASE_URL has a password that can be guessed/)]);
    expect(problems('5e7f0b2c')).toEqual([]);
    expect(problems('5e7f0b2c', 'postgres://o:p@localhost/t')).toEqual([
      expect.stringMatching(/DATABASE_OWNER_URL is set.*Remove it/),
    ]);
    expect(productionProblems(readConfig({ SECRET_KEY }))).toHaveLength(1);
  });

  it.each([
    [{ SECRET_KEY: 'a'.repeat(32) }, /^SECRET_KEY can be guessed/],
    [{ SECRET_KEY: 'abc'.repeat(12) }, /^SECRET_KEY can be guessed/],
    [{ SECRET_KEY: 'change-me-change-me-change-me-change-me' }, /^SECRET_KEY can be guessed/],
    [{ LINK_KEYS: `${SECRET_KEY},${'b'.repeat(32)}` }, /^A key of LINK_KEYS can be guessed/],
    [{ PUBLIC_URL: 'http://app.vendor.example' }, /^PUBLIC_URL is http/],
    [{ PUBLIC_URL: 'http://192.168.1.9:3000' }, /^PUBLIC_URL is http/],
    [{ CORS_ORIGINS: '*' }, /^CORS_ORIGINS has an origin/],
    [{ CORS_ORIGINS: 'https://crm.example.com,http://crm.example.com' }, /^CORS_ORIGINS has an origin/],
    [{ RATE_LIMIT_SCALE: '1000' }, /^RATE_LIMIT_SCALE is above 10/],
    [{ WEBHOOK_TRIAL_NETWORKS: '127.0.0.1' }, /^WEBHOOK_TRIAL_NETWORKS is for tests/],
    [{ RELAY_PRIVATE_NETWORKS: '0.0.0.0/0' }, /^RELAY_PRIVATE_NETWORKS has every address/],
    [{ DATABASE_API_PASSWORD: 'ChangeMe' }, /^DATABASE_API_PASSWORD can be guessed/],
  ])('is refused in production with %j', (unsafe, problem) => {
    const DATABASE_URL = 'postgres://throughline_api:5e7f0b2c@localhost/throughline';
    expect(productionProblems(readConfig({ SECRET_KEY, DATABASE_URL, ...unsafe }))).toEqual([
      expect.stringMatching(problem),
    ]);
  });

  it.each([
    { SECRET_KEY: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
    { SECRET_KEY: 'vR9c0y3NnG1kE2m5T8w7QxZbLsAaHdJf' },
    { PUBLIC_URL: 'http://127.0.0.1:3000' },
    { PUBLIC_URL: 'http://throughline.localhost:3000' },
    { PUBLIC_URL: 'https://app.vendor.example', CORS_ORIGINS: 'https://crm.example.com' },
    { RATE_LIMIT_SCALE: '2', RELAY_PRIVATE_NETWORKS: '10.0.0.0/8' },
  ])('starts in production with %j', (safe) => {
    const DATABASE_URL = 'postgres://throughline_api:5e7f0b2c@localhost/throughline';
    expect(productionProblems(readConfig({ SECRET_KEY, DATABASE_URL, ...safe }))).toEqual([]);
  });

  it('is described line by line in .env.example', () => {
    expect(readFileSync(join(packageRoot(), '.env.example'), 'utf8')).toBe(exampleEnvironment());
  });
});
