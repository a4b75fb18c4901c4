import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { ALWAYS, writePackage, zipFolder } from '../journeys/journey-package.js';
import { isReady, ServerProcess } from '../journeys/processes.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from './api.js';
import { fillBrand, fillWords, publish, type UploadedVersion } from './campaigns.js';
import { PostgresServer, RedisServer } from './servers.js';

const MAIL_DOMAIN = 'mail.throughline.example';
const WELCOME = [{ key: 'welcome', email: 'welcome' }];
/**
 * An upgrade is rehearsed with OTHER_BUILD=folder: the second scheduler runs
 * that folder's build, as while a new one is rolled out.
 */
const HOMES: Readonly<Record<string, string | undefined>> = { 'scheduler-2': process.env['OTHER_BUILD'] };

export interface SiteOptions {
  /**
   * Changes the MJML of the welcome mail, for instance to make it of a certain
   * size.
   */
  readonly grow?: (mjml: string) => string;
  /** Steps of the campaign instead of the one welcome mail. */
  readonly steps?: readonly object[];
  /** Rules by which people enter; absent: the list at launch. */
  readonly entries?: readonly object[];
  /** Posts of the campaign, which each launch draws; absent: none. */
  readonly posts?: readonly string[];
  /** Of its processes, beside the usual. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The people of the vendor, and the groups and dates of the publication. */
interface VendorDesk {
  readonly editor: Browser;
  readonly approver: Browser;
  readonly availability: {
    readonly partnerGroupIds: readonly string[];
    readonly opensOn: string;
    readonly closesOn: string;
  };
}

export interface SendingPartner {
  readonly id: string;
  readonly owner: Browser;
}

/**
 * Real servers and real scheduler processes with a campaign to send, for what
 * asks how fast it is and what it survives: PostgreSQL with fsync, Redis, mail
 * to any SMTP server. The API lives in this process; it only sets the scene.
 */
export class SendingSite {
  private readonly processes = new Map<string, ServerProcess>();
  private people = 0;
  private launches = 0;

  private constructor(
    readonly folder: string,
    readonly postgres: PostgresServer,
    readonly redis: RedisServer,
    readonly api: TestApi,
    readonly vendor: TestVendor,
    readonly version: UploadedVersion,
    private readonly desk: VendorDesk,
    /** Settings of its processes beside the usual. */
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(
    smtpUrl: string,
    { grow = (mjml) => mjml, steps = WELCOME, entries, posts = [], environment = {} }: SiteOptions = {},
  ): Promise<SendingSite> {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-site-'));
    const postgres = await PostgresServer.start(folder);
    const redis = await RedisServer.start(folder);
    const api = await createTestApi({
      with: [RendererModule],
      consume: { rendering: 1 },
      environment: { MAIL_DOMAIN, DATABASE_POOL: '20' },
    });
    const vendor = await api.aVendor();
    const day = (ahead: number): string => new Date(Date.now() + ahead * DAY_MS).toISOString().slice(0, 10);
    writePackage(join(folder, 'campaign'), {
      name: 'site',
      window: ALWAYS,
      steps,
      ...(entries === undefined ? {} : { entries }),
      posts,
    });
    const zip = await zipFolder(join(folder, 'campaign'), { 'emails/welcome.mjml': grow });
    const desk: VendorDesk = {
      editor: await api.signIn(vendor.vendorId, 'marketer'),
      approver: await api.signIn(vendor.vendorId, 'approver'),
      availability: { partnerGroupIds: [vendor.groupId], opensOn: day(0), closesOn: day(300) },
    };
    const version = await publish(desk, zip, desk.availability);
    return new SendingSite(folder, postgres, redis, api, vendor, version, desk, { SMTP_URL: smtpUrl, ...environment });
  }

  async aPartner(name: string): Promise<SendingPartner> {
    const id = await this.api.aPartner(this.vendor, { name });
    const owner = await this.api.signIn(id, 'owner');
    await fillBrand(owner, { name });
    return { id, owner };
  }

  /**
   * A partner with the logo of another: it is drawn once, however many send.
   */
  async aPartnerLike({ id: other }: SendingPartner, name: string): Promise<SendingPartner> {
    const id = await this.api.aPartner(this.vendor, { name });
    const owner = await this.api.signIn(id, 'owner');
    await fillWords(owner, { name });
    await this.api.asOwner(
      `WITH logo AS (
         INSERT INTO brand.logo SELECT (jsonb_populate_record(l, jsonb_build_object('id', uuidv7(), 'partner_id', $2::uuid))).*
         FROM brand.logo l WHERE partner_id = $1 RETURNING id)
       UPDATE brand.brand_profile SET logo_id = logo.id FROM logo WHERE partner_id = $2`,
      [other, id],
    );
    return { id, owner };
  }

  /** Launches to so many new people. @returns the activation's id. */
  async launch(partner: SendingPartner, people: number, startAt: Date | null = null): Promise<string> {
    return this.activate(partner, await this.aList(partner, people), { startAt });
  }

  /** A new list of so many new people. @returns its id. */
  async aList({ id, owner }: SendingPartner, people: number): Promise<string> {
    const list = await owner.post('/api/v1/contact-lists', { name: `List ${this.people}` }).expect(201);
    const { id: listId } = list.body as { id: string };
    await this.api.asOwner(
      `WITH made AS (
         INSERT INTO contacts.contact (id, partner_id, email, email_normalised, first_name, last_name, company, country, time_zone, created_at, updated_at)
         SELECT uuidv7(), $1, e, e, 'Maya ' || n, 'O''Hara', 'Harbour Logistics ' || n, 'GB', 'Europe/London', now(), now()
         FROM generate_series($3::int + 1, $3::int + $4::int) n, LATERAL (SELECT 'person' || n || '@customer' || n % 50 || '.example' AS e) a RETURNING id),
       listed AS (INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) SELECT $2, id, $1, now() FROM made)
       INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at) SELECT uuidv7(), $1, id, 'customer', 'import', now() FROM made`,
      [id, listId, this.people, people],
    );
    this.people += people;
    return listId;
  }

  /** Launches to a list. @returns the activation's id. */
  async activate(
    { owner }: SendingPartner,
    listId: string,
    { startAt = null, versionId = this.version.versionId }: { startAt?: Date | null; versionId?: string } = {},
  ): Promise<string> {
    this.launches += 1;
    const { body } = await owner
      .post('/api/v1/activations', {
        versionId,
        listId,
        ...(startAt === null ? {} : { startAt: startAt.toISOString() }),
      })
      .set('Idempotency-Key', `launch-number-${this.launches}`)
      .expect(({ status, body: said }) => {
        if (status !== 201) throw new Error(`The launch was refused: ${JSON.stringify(said)}`);
      });
    // This process took the job for itself and does not do it: a scheduler
    // shall.
    await this.api.asOwner(`UPDATE jobs.outbox SET leased_until = NULL WHERE job LIKE 'activations.enrol%'`);
    return (body as { id: string }).id;
  }

  /**
   * Publishes the campaign's next version, in which the texts are others.
   * @returns its id.
   */
  async nextVersion(change: (texts: string) => string): Promise<string> {
    const zip = await zipFolder(join(this.folder, 'campaign'), { 'locales/en.yaml': change });
    const versions = `/api/v1/campaigns/${this.version.campaignId}/versions`;
    const { body } = await this.desk.editor.post(versions).attach('package', zip, 'package.zip').expect(201);
    const { id, number } = body as { id: string; number: number };
    await this.desk.editor.post(`${versions}/${number}/submit`).expect(200);
    await this.desk.approver.post(`${versions}/${number}/approve`).expect(200);
    await this.desk.editor.post(`${versions}/${number}/publish`, this.desk.availability).expect(200);
    return id;
  }

  /**
   * @param name of the machine: one that is started again finds the disk of its
   *   predecessor.
   */
  async startScheduler(name: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const port = await freePort();
    return this.started('scheduler', name, port, { HEALTH_PORT: String(port), ...environment });
  }

  /**
   * An API of its own beside the one that sets the scene.
   * @param name as for schedulers.
   */
  async startApi(name: string): Promise<{ readonly process: ServerProcess; readonly url: string }> {
    const port = await freePort();
    const environment = { PORT: String(port), HEALTH_PORT: String(await freePort()), RATE_LIMIT_SCALE: '1000' };
    return { process: await this.started('api', name, port, environment), url: `http://127.0.0.1:${port}` };
  }

  private async started(
    app: 'api' | 'scheduler',
    name: string,
    port: number,
    environment: Readonly<Record<string, string>>,
  ): Promise<ServerProcess> {
    const settings = { ...this.settings, LOG_LEVEL: 'warn', JOURNAL_FOLDER: join(this.folder, name), ...environment };
    const server = ServerProcess.start(app, [], settings, HOMES[name]);
    this.processes.set(name, server);
    await server.untilUp(() => isReady(`http://127.0.0.1:${port}`));
    return server;
  }

  /** A command of an operator of this installation. */
  command(...args: readonly string[]): ServerProcess {
    return ServerProcess.start('cli', args, this.settings);
  }

  /** Settings of all processes of the installation. */
  private get settings(): Readonly<Record<string, string>> {
    const { config, databaseUrl, ownerUrl } = this.api;
    return {
      // The processes sign in as throughline_app, with a known password.
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: ownerUrl,
      REDIS_URL: this.redis.url,
      PUBLIC_URL: config.PUBLIC_URL,
      STORAGE_FOLDER: config.STORAGE_FOLDER,
      SECRET_KEY: config.SECRET_KEY,
      MAIL_DOMAIN,
      // One partner sends everything at once. The initial hold has tests of its
      // own.
      INITIAL_HOLD_MINUTES: '0',
      LAUNCH_DELAY_MINUTES: '0',
      PUBLIC_HOLIDAYS: 'false',
      ...this.environment,
    };
  }

  /** A new RSA key of 2048 bits, as `DKIM_KEY_FILE` wants it. */
  dkimKeyFile(): string {
    const file = join(this.folder, 'dkim.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return file;
  }

  async close(): Promise<void> {
    await Promise.all([...this.processes.values()].map((server) => server.end('SIGKILL')));
    await this.api.close().catch(() => undefined);
    await this.redis.stop();
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
