import { rmSync } from 'node:fs';
import { ActivationDetail, ContactImport, Offers } from '#contracts';
import { mondayMorning } from '../journeys/calendar.js';
import { Person, upload } from '../journeys/person.js';
import { freePorts, Standalone, type StandalonePorts } from '../journeys/standalone.js';
import { until } from '../support/until.js';
import { newDataFolder } from '../support/data-folder.mjs';

const PASSWORD = 'northwind demo';
const OFFER = 'security';

/**
 * The product of `npm start` on its own folder, within working hours, with two
 * partners signed in.
 */
export class BenchStage {
  private launches = 0;

  private constructor(
    readonly data: string,
    readonly ports: StandalonePorts,
    private readonly standalone: Standalone,
    readonly launcher: Person,
    readonly importer: Person,
    private readonly versionId: string,
  ) {}

  static async open(): Promise<BenchStage> {
    const data = newDataFolder('bench');
    const ports = await freePorts();
    const standalone = await Standalone.start(data, ports);
    await standalone.reach(mondayMorning(await standalone.now()));
    const launcher = await Person.signIn(standalone.url, 'olivia@brightwater.example', PASSWORD);
    const importer = await Person.signIn(standalone.url, 'jonas@kessler.example', PASSWORD);
    const offer = (await launcher.call('offers', Offers)).items.find(({ theme }) => theme === OFFER);
    if (offer === undefined) throw new Error(`The starter data offers no campaign on ${OFFER}.`);
    return new BenchStage(data, ports, standalone, launcher, importer, offer.versionId);
  }

  /**
   * Ends the product and deletes its data.
   * @throws Error if it did not end cleanly.
   */
  async close(): Promise<void> {
    const code = await this.standalone.server.end('SIGINT');
    rmSync(this.data, { recursive: true, force: true });
    const { errors } = this.standalone.server;
    if (code !== 0 || errors.length > 0) throw new Error(`The product ended with code ${code}.\n${errors.join('\n')}`);
  }

  /** Imports a file and waits for its end. */
  async import(person: Person, listName: string, file: Buffer): Promise<ContactImport> {
    const form = upload('file', file, 'list.csv', { listName, consentBasis: 'customer' });
    const { id } = await person.call('contact-imports', ContactImport, { method: 'POST', form });
    const now = (): Promise<ContactImport> => person.call(`contact-imports/${id}`, ContactImport);
    await until(async () => !['queued', 'running'].includes((await now()).status), 'the import', 120_000);
    const done = await now();
    if (done.status !== 'completed') throw new Error(`The import ended as ${done.status}.`);
    return done;
  }

  /**
   * Launches to a list, with an empty inbox.
   * @returns milliseconds from the request until the first mail arrives.
   */
  async launch(listId: string): Promise<number> {
    await fetch(`http://localhost:${this.ports.mailboxPort}/api/email/all`, { method: 'DELETE' });
    const assetsBefore = await this.assetJobs();
    const startedAt = performance.now();
    const { id } = await this.launcher.call('activations', ActivationDetail, {
      method: 'POST',
      json: { versionId: this.versionId, listId },
      headers: { 'idempotency-key': `bench-launch-${(this.launches += 1)}` },
    });
    await until(async () => (await this.standalone.mailbox.overview()).length > 0);
    const ms = performance.now() - startedAt;
    await this.untilQuiet(id, assetsBefore);
    return ms;
  }

  /** The source of a mail. */
  async aMail(): Promise<Buffer> {
    const url = `http://localhost:${this.ports.mailboxPort}/api/email`;
    const { items } = (await (await fetch(`${url}/summary?limit=1`)).json()) as { items: { id: string }[] };
    return Buffer.from(await (await fetch(`${url}/${items[0]?.id}/source`)).arrayBuffer());
  }

  /**
   * Waits until all work of a launch is done, so that launches do not affect
   * each other.
   */
  private async untilQuiet(activationId: string, assetsBefore: number): Promise<void> {
    const isQuiet = async (): Promise<boolean> => {
      const { steps, contacts } = await this.launcher.call(`activations/${activationId}`, ActivationDetail);
      return steps[0]?.sent === contacts && (await this.assetJobs()) > assetsBefore;
    };
    await until(isQuiet, 'the end of a launch');
  }

  /** How many launches have their documents and pictures. */
  private async assetJobs(): Promise<number> {
    const metrics = await (await fetch(`${this.standalone.url}/metrics`)).text();
    return Number(
      /^throughline_job_seconds_count\{job="activations.cobrand-assets",outcome="done"\} (\d+)/m.exec(metrics)?.[1] ??
        0,
    );
  }
}
