import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import supertest from 'supertest';
import { VerifiedHosts } from '#brand';
import { type Config, readConfig } from '#config';
import { Accounts, ApiKeys, type Role } from '#identity';
import {
  AdjustableClock,
  newId,
  type OrganisationId,
  type PartnerGroupId,
  type PartnerId,
  type ProgrammeId,
  systemActor,
  type VendorId,
} from '#kernel';
import { MembershipInvitations, Organisations, PartnerGroups } from '#organisations';
import { PlatformModule } from '#platform';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { configureApi, createHttpAdapter } from '../../apps/api/src/configure-api.js';
import { RedisRateLimiters } from '../../apps/api/src/http/redis-rate-limiters.service.js';
import { createTestDatabase } from './database.js';
import { shareTaskResults } from './once-in-a-run.js';

@Module({})
class TestProcess {}

const SEED = systemActor('test');
export const PASSWORD = 'a long enough password';
/**
 * Of PASSWORD, with 1 MiB instead of the product's 19 MiB: a sign-in costs 2 ms
 * of processor time instead of 36 ms.
 */
export const PASSWORD_HASH =
  '$argon2id$v=19$m=1024,t=2,p=1$mYYc0tQe9IqeJqZ5+CeNJw$8qdhXbwUgDfAHu85vPiwj/vBzQecU1Ou1kcorRxCHuE';

/** A signed-in browser: cookie and CSRF header are sent along. */
export interface Browser {
  readonly email: string;
  readonly get: (path: string) => supertest.Test;
  readonly post: (path: string, body?: object) => supertest.Test;
  /** Replaces any version; `.set('If-Match', …)` names one. */
  readonly put: (path: string, body?: object) => supertest.Test;
  readonly patch: (path: string, body?: object) => supertest.Test;
  readonly delete: (path: string) => supertest.Test;
}

export interface TestVendor {
  readonly vendorId: VendorId;
  readonly programmeId: ProgrammeId;
  readonly groupId: PartnerGroupId;
}

export interface TestApi {
  readonly app: NestExpressApplication;
  readonly config: Config;
  readonly clock: AdjustableClock;
  readonly ownerUrl: string;
  readonly databaseUrl: string;
  readonly http: ReturnType<typeof supertest>;
  readonly aVendor: (name?: string) => Promise<TestVendor>;
  readonly aPartner: (
    of: TestVendor,
    changes?: { name?: string; tier?: string; region?: string; joined?: boolean; mailHost?: string },
  ) => Promise<PartnerId>;
  readonly signIn: (organisationId: OrganisationId, role: Role) => Promise<Browser>;
  readonly apiKey: (organisationId: OrganisationId, kind: 'vendor' | 'partner', role: Role) => Promise<string>;
  /** Rows as the owner of the database sees them: behind the policies. */
  readonly asOwner: <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;
  readonly databaseName: string;
  /** Ends the process and leaves its database and files. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TestApiOptions {
  /**
   * Modules beside the api: the renderer and scheduler, for what needs their
   * handlers.
   */
  readonly with?: NonNullable<Parameters<typeof Module>[0]['imports']>;
  readonly consume?: Parameters<typeof PlatformModule.forRoot>[0]['consume'];
  /** With `REDIS_URL`, queues and rate limits are in Redis. */
  readonly environment?: Record<string, string>;
  /**
   * The clock of the product. Default: one that follows the machine's clock.
   */
  readonly clock?: AdjustableClock;
  /**
   * A database and a folder of blobs to start with copies of. Default: an empty
   * product.
   */
  readonly from?: { readonly database: string; readonly blobs: string };
}

/** The real API on a database of its own. */
export async function createTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const database = await createTestDatabase(options.from && { from: options.from.database });
  const folder = mkdtempSync(join(tmpdir(), 'throughline-api-'));
  if (options.from !== undefined) cpSync(options.from.blobs, join(folder, 'blobs'), { recursive: true });
  const { clock = new AdjustableClock() } = options;
  const config = readConfig({
    SECRET_KEY: 'a-secret-of-at-least-32-characters',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    STORAGE_FOLDER: join(folder, 'blobs'),
    JOURNAL_FOLDER: join(folder, 'journal'),
    RATE_LIMIT_SCALE: '1000',
    LAUNCH_DELAY_MINUTES: '0',
    // Suites about other subjects send on any day of the year.
    PUBLIC_HOLIDAYS: 'false',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    // Suites about other subjects write several campaigns to a person in a day.
    EMAILS_PER_DAY: '0',
    ...options.environment,
  });
  shareTaskResults();
  const usesRedis = options.environment?.['REDIS_URL'] !== undefined;
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: TestProcess,
      providers: usesRedis ? [RedisRateLimiters] : [],
      imports: [
        PlatformModule.forRoot({
          config,
          processName: 'test',
          queue: usesRedis ? 'bull' : 'in-process',
          consume: options.consume ?? {},
          clock,
        }),
        ApiModule,
        ...(options.with ?? []),
      ],
    },
    createHttpAdapter(),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  const limiters = usesRedis ? app.get(RedisRateLimiters) : null;
  configureApi(app, config, limiters === null ? undefined : (name, perMinute) => limiters.create(name, perMinute));
  await app.listen(0, '127.0.0.1');
  const connections = new Agent({ keepAlive: true });
  const http = requestsTo(app.getHttpServer(), connections);
  const organisations = app.get(Organisations);
  const invitations = app.get(MembershipInvitations);
  const accounts = app.get(Accounts);

  const aVendor = async (name = 'Northwind Systems'): Promise<TestVendor> => {
    const vendorId = (await organisations.create(SEED, {
      kind: 'vendor',
      name,
      countryCode: 'GB',
      timeZone: 'Europe/London',
    })) as VendorId;
    const programmeId = await organisations.createProgramme(SEED, vendorId, `${name} partners`);
    const groupId = await app.get(PartnerGroups).create(SEED, { programmeId, name: 'Everybody', rule: {} });
    return { vendorId, programmeId, groupId };
  };
  const aPartner: TestApi['aPartner'] = async (
    of,
    { name = 'Brightwater IT', tier = 'gold', region = 'emea', joined = true, mailHost = 'brightwater.example' } = {},
  ) => {
    const partnerId = (await organisations.create(SEED, {
      kind: 'partner',
      name,
      countryCode: 'GB',
      timeZone: 'Europe/London',
    })) as PartnerId;
    await invitations.invite(SEED, { programmeId: of.programmeId, partnerId, tier, region });
    if (joined) await invitations.join(SEED, partnerId);
    await app.get(VerifiedHosts).recordMailbox(SEED, partnerId, `owner@${mailHost}`);
    return partnerId;
  };
  const person = async (organisationId: OrganisationId, role: Role) => {
    const email = `${role}-${newId().slice(-12)}@example.com`;
    const userId = await accounts.ensureUser(SEED, {
      email,
      name: `${role} person`,
      passwordHash: PASSWORD_HASH,
      locale: 'en',
    });
    await accounts.assign(SEED, userId, organisationId, role);
    return { email, userId };
  };
  const signIn: TestApi['signIn'] = async (organisationId, role) =>
    openBrowser(http, (await person(organisationId, role)).email);
  const apiKey: TestApi['apiKey'] = async (organisationId, kind, role) => {
    const scope =
      kind === 'vendor' ? { vendorId: organisationId as VendorId } : { partnerId: organisationId as PartnerId };
    const { userId } = await person(organisationId, role);
    const key = { organisationId, kind, userId, name: 'test', role, permissions: null };
    return (await app.get(ApiKeys).create(systemActor('test', scope), key)).key;
  };
  // Connections stay open: tests ask every 20 ms whether something has come
  // true, and opening one costs more than the query.
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 10 });
  // A connection that breaks while nothing uses it: fault tests end PostgreSQL.
  owner.on('error', () => undefined);
  const asOwner: TestApi['asOwner'] = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await owner.query(sql, [...parameters])).rows as Row[];
  const stop = async (): Promise<void> => {
    connections.destroy();
    await app.close();
    await owner.end();
  };
  const close = async (): Promise<void> => {
    await stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    app,
    config,
    clock,
    ownerUrl: database.ownerUrl,
    databaseUrl: database.url,
    http,
    aVendor,
    aPartner,
    signIn,
    apiKey,
    asOwner,
    databaseName: database.name,
    stop,
    close,
  };
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Requests that share connections, as those of a browser do. Superagent would
 * open one for each.
 */
function requestsTo(server: Server, connections: Agent): ReturnType<typeof supertest> {
  const http = supertest(server);
  for (const method of METHODS) {
    const open = http[method].bind(http);
    http[method] = (path) => open(path).agent(connections);
  }
  return http;
}

/** Signs in over HTTP as a person would. */
export async function openBrowser(
  http: ReturnType<typeof supertest>,
  email: string,
  password = PASSWORD,
): Promise<Browser> {
  const response = await http.post('/api/v1/session').send({ email, password }).expect(200);
  const cookie = (response.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
  const { csrfToken } = response.body as { csrfToken: string };
  const dress = (test: supertest.Test): supertest.Test => test.set('Cookie', cookie).set('X-CSRF-Token', csrfToken);
  return {
    email,
    get: (path) => http.get(path).set('Cookie', cookie),
    post: (path, body) => dress(http.post(path)).send(body),
    put: (path, body) => dress(http.put(path)).set('If-Match', '*').send(body),
    patch: (path, body) => dress(http.patch(path)).send(body),
    delete: (path) => dress(http.delete(path)),
  };
}
