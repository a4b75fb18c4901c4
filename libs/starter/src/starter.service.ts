import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { accountsAmong, hashPassword } from '#identity';
import { History } from './history/history.service.js';
import { SEED } from './seed-actor.js';
import { SeedCampaigns } from './seed-campaigns.service.js';
import { demoAddresses, readSeed, type Seed } from './seed-file.js';
import { SeedFirstLaunch } from './seed-first-launch.service.js';
import { SeedForecast } from './seed-forecast.service.js';
import { SeedPartners } from './seed-partners.service.js';
import { SeedProgramme } from './seed-programme.service.js';
import { SeedVendor } from './seed-vendor.service.js';

export interface DemoSignIn {
  readonly email: string;
  /** Null: it was printed by the start that made the account, and is not stored. */
  readonly password: string | null;
  readonly who: string;
}

export type ShowStep = <T>(title: string, work: () => Promise<T>) => Promise<T>;

/** Seeds an empty installation through the same services that people use. */
@Injectable()
export class Starter {
  constructor(
    private readonly database: Database,
    private readonly vendor: SeedVendor,
    private readonly campaigns: SeedCampaigns,
    private readonly partners: SeedPartners,
    private readonly forecast: SeedForecast,
    private readonly firstLaunch: SeedFirstLaunch,
    private readonly programme: SeedProgramme,
    private readonly history: History,
  ) {}

  /**
   * Seeds once. An installation with an organisation is not changed.
   * @param ownPassword of the accounts. Null: the one in the documents.
   * @param onPresent called when the clock has caught up, if there is a history.
   * @returns the accounts to sign in with; none if the installation has been
   *   founded without them.
   */
  async seed(show: ShowStep, ownPassword: string | null, onPresent: () => Promise<void>): Promise<DemoSignIn[]> {
    const seed = readSeed();
    const isNew = await this.isEmpty();
    if (!isNew && (await accountsAmong(this.database, demoAddresses())).length === 0) return [];
    const first = ownPassword ?? seed.password;
    if (isNew) await this.fill({ ...seed, password: first }, show, onPresent);
    const password = isNew || ownPassword === null ? first : null;
    const demo = (email: string, who: string): DemoSignIn => ({ email, password, who });
    return [
      demo('maya@northwind.example', 'vendor marketer, Northwind Systems'),
      demo('arun@northwind.example', 'vendor approver, Northwind Systems'),
      demo('olivia@brightwater.example', 'partner owner, Brightwater IT'),
      demo('jonas@kessler.example', 'partner owner, Kessler Systemhaus'),
    ];
  }

  private async isEmpty(): Promise<boolean> {
    const rows = await this.database.inTransaction(SEED, () =>
      this.database.query('SELECT 1 FROM organisations.organisation_view LIMIT 1'),
    );
    return rows.length === 0;
  }

  private async fill(seed: Seed, show: ShowStep, onPresent: () => Promise<void>): Promise<void> {
    const passwordHash = await hashPassword(seed.password);
    const vendor = await show('Founding a vendor', () => this.vendor.create(seed, passwordHash));
    await this.vendor.welcomePartners(seed, vendor);
    // Beside each other: while one waits for a subprocess that opens files, the
    // next one fills the second core.
    const equipped = this.vendor.equip(seed, vendor);
    // Handled where it is awaited.
    equipped.catch(() => undefined);
    const partners = await show(`Welcoming ${seed.partners.length} partners`, () =>
      Promise.all(seed.partners.map((partner) => this.partners.create(seed, vendor, partner, passwordHash))),
    );
    const importing = this.history.importPeople(seed, partners);
    // Handled where it is awaited.
    importing.catch(() => undefined);
    this.history.passQuietDays();
    const toPublish = [...seed.campaigns, ...this.history.campaigns];
    const campaignIds = await show(`Publishing ${toPublish.length} campaigns`, () =>
      Promise.all(toPublish.map((campaign) => this.campaigns.publish(vendor, campaign))),
    );
    await equipped;
    const imported = await importing;
    if (this.history.isWanted) {
      const campaigns = new Map(
        toPublish.flatMap(({ name }, at) => (campaignIds[at] ? [[name, campaignIds[at]]] : [])),
      );
      await show('Running campaigns for the weeks before today', () =>
        this.history.live({ vendor, campaigns, partners, imported }),
      );
      await onPresent();
    }
    await show('Agreeing terms and tiers, and writing newsletters', () => this.programme.add(seed, vendor, partners));
    await show('Forecasting a campaign', async () => {
      for (const campaignId of campaignIds.slice(0, 1)) await this.forecast.add(vendor, campaignId);
    });
    await show('Launching first campaigns', () => this.firstLaunch.add(seed, vendor, partners));
  }
}
