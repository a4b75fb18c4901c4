import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ContactLists } from '#contacts';
import { Clock, type ContactId, type PartnerActor } from '#kernel';
import type { DryRun, Page, SimulatedContact } from './dry-run.js';
import { DryRunPlans, type DryRunRequest } from './dry-run-plans.service.js';
import { NO_QUOTAS, isLimited, type Quotas } from './quotas.js';
import type { ForecastRun } from './forecast-run.js';
import { Simulator } from './simulator.service.js';

/** Age of a forecast. */
export interface ForecastAge {
  /** When the input was read. Later changes are not in it. */
  readonly asOf: Date;
  /**
   * Whether the input is unchanged since `asOf`, as far as the partner may
   * know.
   */
  readonly isCurrent: boolean;
}

export interface DryRunSoFar extends ForecastAge {
  readonly run: DryRun;
  /** False: the figures cover only the contacts simulated so far. */
  readonly isComplete: boolean;
  /** Contacts that the current run has read, and contacts on the lists. */
  readonly progress: { readonly people: number; readonly of: number };
}

export interface SimulatedPage extends Page<SimulatedContact>, ForecastAge {}

/** A forecast run in the cache. */
interface CachedRun {
  readonly forecast: ForecastRun;
  readonly asOf: Date;
  readonly state: string;
  readonly beganMs: number;
  /** When the input was last checked for changes. */
  lookedMs: number;
}

/**
 * Maximum number of cached runs, and their maximum age. E-mails of other
 * partners may have used frequency caps since, which this partner must not see.
 */
const MAX_CACHED = 50;
const MAX_AGE_MS = 10 * 60_000;
/** Requests for pages of contacts check for changes at most this often. */
const RECHECK_MS = 5_000;

/**
 * Forecasts a launch to lists, contact by contact, with the state machine and
 * the rules that decide a real launch. It simulates daily limits, initial holds
 * and the warm-up of new domains for all contacts together, in the order of the
 * real run. It assumes that no contact interacts, no relay refuses a message,
 * no data changes and nothing else is launched. Of frequency caps, only this
 * partner's own e-mails count: a partner must not see what others sent.
 *
 * A run continues without waiting callers. All callers with the same request
 * share it. It is cached while its input does not change.
 */
@Injectable()
export class DryRuns {
  private readonly kept = new LRUCache<string, CachedRun>({
    max: MAX_CACHED,
    dispose: (_, name, reason) => {
      if (reason !== 'set') this.before.delete(name);
    },
  });
  /** Complete runs that are shown while a newer run is in progress. */
  private readonly before = new Map<string, CachedRun>();

  constructor(
    private readonly clock: Clock,
    private readonly plans: DryRunPlans,
    private readonly lists: ContactLists,
    private readonly simulator: Simulator,
  ) {}

  /**
   * Forecasts the whole lists.
   * @param waitMs maximum wait for the end. After that the result is the
   *   previous run with `isCurrent` false, or else the figures so far.
   * @throws DomainError `campaign-version.not-found`, `contact-list.not-found`.
   */
  async forecast(actor: PartnerActor, request: DryRunRequest, waitMs = Infinity): Promise<DryRunSoFar> {
    const name = nameOf(actor, request);
    const kept = await this.current(actor, request, name, 0);
    await within(kept.forecast.done, waitMs);
    const { isComplete, people, of } = kept.forecast;
    const before = isComplete ? undefined : this.before.get(name);
    const shown = before ?? kept;
    return {
      run: shown.forecast.soFar,
      asOf: shown.asOf,
      isCurrent: before === undefined,
      isComplete: shown.forecast.isComplete,
      progress: { people, of },
    };
  }

  /**
   * Forecasts one page of the lists, in order of contact ids, with their current
   * data. If contacts compete for quotas, the last complete run decides.
   * `isCurrent` is false while a newer run is in progress because the input has
   * changed.
   * @throws DomainError as `forecast`.
   */
  async people(
    actor: PartnerActor,
    request: DryRunRequest,
    page: { readonly afterId: ContactId | null; readonly limit: number },
  ): Promise<SimulatedPage> {
    const { startAt, places, ...reckoned } = await this.quotasFor(actor, request);
    const plan = await this.plans.plan(actor, { ...request, startAt });
    const items = await this.simulator.simulatePage(plan, page, places);
    return {
      ...reckoned,
      items,
      nextId: items.length < page.limit ? null : (items.at(-1)?.contact.id ?? null),
    };
  }

  /** Without limits there are no quotas, and no run is needed. */
  private async quotasFor(
    actor: PartnerActor,
    request: DryRunRequest,
  ): Promise<ForecastAge & { readonly startAt: Date; readonly places: Quotas }> {
    const name = nameOf(actor, request);
    if (!this.kept.has(name)) {
      const { limits, startAt } = await this.plans.plan(actor, request);
      if (!isLimited(limits, startAt)) return { startAt, places: NO_QUOTAS, asOf: this.clock.now(), isCurrent: true };
    }
    const kept = await this.current(actor, request, name, RECHECK_MS);
    const before = kept.forecast.isComplete ? undefined : this.before.get(name);
    const { forecast, asOf } = before ?? kept;
    await forecast.done;
    return { startAt: forecast.startAt, places: forecast.quotas, asOf, isCurrent: before === undefined };
  }

  /**
   * @param lookedMs maximum age of the last check for changes.
   * @returns the cached run if it is in progress or still current; else a new
   *   one.
   */
  private async current(
    actor: PartnerActor,
    request: DryRunRequest,
    name: string,
    lookedMs: number,
  ): Promise<CachedRun> {
    const known = this.kept.get(name);
    if (known !== undefined && (!known.forecast.isComplete || performance.now() < known.lookedMs + lookedMs))
      return known;
    const plan = await this.plans.plan(
      actor,
      known === undefined ? request : { ...request, startAt: known.forecast.startAt },
    );
    const state = await this.plans.stateOf(plan);
    if (known !== undefined && state === known.state && performance.now() < known.beganMs + MAX_AGE_MS) {
      known.lookedMs = performance.now();
      return known;
    }
    const begun = this.kept.get(name);
    if (begun !== undefined && begun !== known) return begun;
    return this.begin(actor, request, name);
  }

  private async begin(actor: PartnerActor, request: DryRunRequest, name: string): Promise<CachedRun> {
    const asOf = this.clock.now();
    const plan = await this.plans.plan(actor, request);
    const state = await this.plans.stateOf(plan);
    const size = await this.lists.countContacts(actor, request.lists.include);
    const begun = this.kept.get(name);
    if (begun !== undefined && !begun.forecast.isComplete) return begun;
    const forecast = this.simulator.simulate(plan, size);
    const beganMs = performance.now();
    const kept: CachedRun = { forecast, asOf, state, beganMs, lookedMs: beganMs };
    this.cacheRun(name, kept);
    return kept;
  }

  private cacheRun(name: string, kept: CachedRun): void {
    const known = this.kept.get(name);
    if (known !== undefined) this.before.set(name, known);
    this.kept.set(name, kept);
    kept.forecast.done.then(
      () => this.before.delete(name),
      () => this.kept.delete(name),
    );
  }
}

const nameOf = ({ partnerId }: PartnerActor, request: DryRunRequest): string => JSON.stringify([partnerId, request]);

/**
 * Waits for `work`, at most `waitMs`.
 * @throws what `work` throws.
 */
async function within(work: Promise<void>, waitMs: number): Promise<void> {
  if (waitMs === Infinity) return work;
  const waiting = new AbortController();
  try {
    await Promise.race([work, pause(waitMs, undefined, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}
