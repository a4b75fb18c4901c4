import { rmSync } from 'node:fs';
import { ActivationDetail, Campaigns, ContactImport } from '#contracts';
import { MINUTE_MS } from '#kernel';
import { until } from '../support/until.js';
import type { Installation, ReceivedMail } from './installation.js';
import type { PackageChanges } from './journey-package.js';
import { Person, upload } from './person.js';
import { newDataFolder } from '../support/data-folder.mjs';

/**
 * An installation with a vendor's users, and functions to move through its
 * calendar.
 */
export interface Scene {
  readonly installation: Installation;
  readonly vendor: {
    readonly owner: string;
    readonly marketer: string;
    readonly approver: string;
    readonly password: string;
  };
  readonly campaign: Omit<PackageChanges, 'name'>;
  /** The delay of the second mail in hours. 0: as soon as the first is sent. */
  readonly later: readonly { readonly afterHours: number; readonly email: string }[];
  /** How long before its start a launch can be held. */
  readonly headStartMs: number;
  /** A time zone with working hours now. */
  readonly timeZone: string;
}

/** State that the steps of a journey share. */
export class Journey {
  readonly folder = newDataFolder('journey');
  readonly campaigns = { main: 'edge-journey', canary: 'edge-canary' };
  readonly customers = Array.from({ length: 10 }, (_, at) => `customer${at}@harbour-logistics.example`);
  marketer: Person;
  partner: Person;
  versionIds = { main: '', canary: '' };
  activationId = '';
  subjects: ReadonlyMap<string, string> = new Map();
  private canaries = 0;

  constructor(readonly scene: Scene) {
    this.marketer = new Person(this.url);
    this.partner = new Person(this.url);
  }

  get url(): string {
    return this.scene.installation.url;
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * How many mails with the subject of a campaign e-mail each of these
   * addresses got.
   */
  async arrivals(email: string, addresses: readonly string[]): Promise<number[]> {
    const all = await this.scene.installation.mailbox.overview();
    const wanted = this.subjects.get(email);
    return addresses.map((address) => all.filter(({ to, subject }) => to === address && subject === wanted).length);
  }

  async untilArrived(email: string, addresses: readonly string[]): Promise<void> {
    const all = async (): Promise<boolean> => (await this.arrivals(email, addresses)).every((count) => count > 0);
    await until(all, `the mail ${email}`);
  }

  async mailOf(email: string, address: string): Promise<ReceivedMail> {
    const mails = await this.scene.installation.mailbox.mailsTo(address);
    const found = mails.find(({ subject }) => subject === this.subjects.get(email));
    if (found === undefined) throw new Error(`There is no mail ${email} for ${address}.`);
    return found;
  }

  /** Imports a CSV file as the partner, and waits for its end. */
  async import(listName: string, csv: string): Promise<ContactImport> {
    const consent = { consentBasis: 'customer', consentEvidence: 'Customer database' };
    const form = upload('file', Buffer.from(`\ufeff${csv}`), `${listName}.csv`, { listName, ...consent });
    const { id } = await this.partner.call('contact-imports', ContactImport, { method: 'POST', form });
    const found = (): Promise<ContactImport> => this.partner.call(`contact-imports/${id}`, ContactImport);
    await until(async () => !['queued', 'running'].includes((await found()).status), 'the import');
    return found();
  }

  async listOf(name: string, addresses: readonly string[]): Promise<string> {
    return (await this.import(name, `email\n${addresses.join('\n')}\n`)).listId!;
  }

  launch(body: object, key: string): Promise<ActivationDetail> {
    const headers = { 'idempotency-key': key };
    return this.partner.call('activations', ActivationDetail, { method: 'POST', json: body, headers });
  }

  activation(id: string): Promise<ActivationDetail> {
    return this.partner.call(`activations/${id}`, ActivationDetail);
  }

  /**
   * Waits until the outcome of every mail of the first launch is recorded.
   * Their next steps count from there.
   */
  async untilSettled(): Promise<void> {
    const settled = async (): Promise<boolean> =>
      (await this.activation(this.activationId)).steps.every(({ pending }) => pending === 0);
    await until(settled, 'the outcome of every mail');
  }

  /** The URL of a campaign for its vendor. */
  async campaignPath(name: string): Promise<string> {
    const { items } = await this.marketer.call('campaigns', Campaigns);
    const found = items.find((campaign) => campaign.name === name);
    if (found === undefined) throw new Error(`There is no campaign ${name}.`);
    return `campaigns/${found.id}`;
  }

  /** Launches with a start in the future. */
  async launchAhead(name: string, people: readonly string[], key: string): Promise<{ id: string; startAt: Date }> {
    const listId = await this.listOf(name, people);
    const startAt = new Date((await this.scene.installation.now()).getTime() + this.scene.headStartMs);
    const { id } = await this.launch({ versionId: this.versionIds.main, listId, startAt }, key);
    return { id, startAt };
  }

  /**
   * Goes to a moment and proves that the scheduler has looked for due mail of
   * this partner since. The proof is mail of another campaign that was launched
   * only then. So mail that was due before and has not arrived was not sent.
   */
  async pass(moment: Date): Promise<void> {
    await this.scene.installation.reach(new Date(moment.getTime() + Math.min(this.scene.headStartMs, MINUTE_MS)));
    this.canaries += 1;
    const address = `canary${this.canaries}@harbour-logistics.example`;
    const listId = await this.listOf(`Canary ${this.canaries}`, [address]);
    await this.launch({ versionId: this.versionIds.canary, listId }, `canary-launch-${this.canaries}`);
    await this.untilArrived('last-call', [address]);
  }
}
