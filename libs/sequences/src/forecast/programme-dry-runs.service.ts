import { createHmac, hkdfSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { launchLocale } from '#activations';
import { BrandProfiles } from '#brand';
import { CampaignLibrary, type VersionDetail } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { ContactLists } from '#contacts';
import { type CampaignId, Clock, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { Memberships } from '#organisations';
import { isAction, NO_CHOICES } from '#sequencing';
import type { DryRun } from './dry-run.js';
import { DryRunPlans } from './dry-run-plans.service.js';
import { factorFrom, type ProgrammeDryRun, ProgrammeForecast } from './programme-forecast.js';
import { Simulator } from './simulator.service.js';

/** Progress and result of a programme's forecast. */
export interface ProgrammeDryRunSoFar {
  /** When the forecast began. */
  readonly asOf: Date;
  /** Partners simulated so far, and partners of the programme. */
  readonly progress: { readonly partners: number; readonly of: number };
  /**
   * Null until all partners are simulated. Partial results would reveal figures
   * of single partners.
   */
  readonly result: ProgrammeOutcome | null;
}

/**
 * `run` is null if fewer than five partners have contacts on their default
 * list.
 */
interface ProgrammeOutcome {
  readonly run: ProgrammeDryRun | null;
}

interface CachedForecast {
  readonly asOf: Date;
  readonly beganMs: number;
  readonly of: number;
  partners: number;
  result: ProgrammeOutcome | null;
  readonly done: Promise<void>;
}

/** Maximum number of cached forecasts, and their maximum age. */
const KEPT = 50;
const KEPT_MS = 3_600_000;

/**
 * Forecasts a version with the real contacts of a programme. The vendor may see
 * none of them: each partner's default list is simulated in that partner's
 * scope, and only the sum leaves it (`ProgrammeForecast`). The sum always
 * covers all partners of the programme, not the group that may run the version.
 * A vendor could define two groups that differ by one partner, and compare
 * their sums.
 */
@Injectable()
export class ProgrammeDryRuns {
  private readonly logger = new Logger(ProgrammeDryRuns.name);
  private readonly kept = new LRUCache<string, CachedForecast>({ max: KEPT });
  /**
   * The last forecast that was started. Forecasts run one at a time, so that
   * other work has enough resources.
   */
  private last: Promise<void> = Promise.resolve();
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    private readonly library: CampaignLibrary,
    private readonly memberships: Memberships,
    private readonly lists: ContactLists,
    private readonly profiles: BrandProfiles,
    private readonly plans: DryRunPlans,
    private readonly simulator: Simulator,
    @Inject(CONFIG) config: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', config.SECRET_KEY, '', 'throughline programme forecast', 32));
  }

  /**
   * Starts a forecast, or reuses one that started within the last hour.
   * @param waitMs maximum wait for the end, in milliseconds.
   * @throws DomainError `campaign-version.not-found`, also for a version of
   *   another vendor.
   */
  async forecast(
    actor: VendorActor,
    { campaignId, number }: { readonly campaignId: CampaignId; readonly number: number },
    waitMs: number,
  ): Promise<ProgrammeDryRunSoFar> {
    const found = await this.library.version(actor, campaignId, number);
    // An edited draft keeps its id; its hash changes.
    const name = `${found.version.id} ${found.version.compiledHash}`;
    const partnerIds = await this.memberships.activePartners(actor);
    const known = this.kept.get(name);
    const isFresh = known !== undefined && performance.now() < known.beganMs + KEPT_MS;
    const kept = isFresh ? known : this.begin(name, found, partnerIds);
    const waiting = new AbortController();
    try {
      await Promise.race([kept.done, pause(waitMs, undefined, { signal: waiting.signal })]);
    } finally {
      waiting.abort();
    }
    const { asOf, partners, of, result } = kept;
    return { asOf, progress: { partners, of }, result };
  }

  private begin(name: string, found: VersionDetail, partnerIds: readonly PartnerId[]): CachedForecast {
    const asOf = this.clock.now();
    const done = this.last.then(() => this.run(kept, found, partnerIds));
    const kept: CachedForecast = {
      asOf,
      beganMs: performance.now(),
      of: partnerIds.length,
      partners: 0,
      result: null,
      done,
    };
    this.kept.set(name, kept);
    // Waiting callers get the error. A later request starts a new forecast. The
    // next forecast in line must not fail because of this error.
    this.last = done.catch((error: unknown) => {
      this.logger.error('A programme’s forecast broke off.', error);
      this.kept.delete(name);
    });
    return kept;
  }

  private async run(kept: CachedForecast, found: VersionDetail, partnerIds: readonly PartnerId[]): Promise<void> {
    const { steps } = found.compiled.definition.sequence;
    const forecast = new ProgrammeForecast(steps.filter(isAction), (partnerId) => this.factorOf(partnerId));
    let frame: Pick<ProgrammeDryRun, 'startAt' | 'until'> | null = null;
    for (const partnerId of partnerIds) {
      const run = await this.ofPartner(found, partnerId, kept.asOf);
      if (run !== null) {
        forecast.add(partnerId, run);
        frame ??= { startAt: run.startAt, until: run.until };
      }
      kept.partners += 1;
    }
    kept.result = { run: frame === null ? null : forecast.result(frame) };
  }

  /** @returns null for a partner without a default list. */
  private async ofPartner(
    { version, compiled }: VersionDetail,
    partnerId: PartnerId,
    startAt: Date,
  ): Promise<DryRun | null> {
    const actor = { ...systemActor('programme-dry-run', { partnerId }), partnerId };
    const list = (await this.lists.all(actor)).find(({ isDefault }) => isDefault);
    if (list === undefined) return null;
    const { vendorId, campaignId, theme, locales } = version;
    const locale = launchLocale(compiled.definition, null, await this.profiles.current(actor));
    const rehearsed = { version: { vendorId, campaignId, theme, locales }, compiled, locale };
    const request = { listId: list.id, startAt, locale: null, choices: NO_CHOICES };
    const plan = await this.plans.planOf(actor, rehearsed, request);
    const reckoning = this.simulator.simulate(plan, list.size);
    await reckoning.done;
    return reckoning.soFar;
  }

  private factorOf(partnerId: PartnerId): number {
    return factorFrom(createHmac('sha256', this.key).update(partnerId).digest().readUInt32BE());
  }
}
