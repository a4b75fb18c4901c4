import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ContactLists } from '#contacts';
import { Clock, type ContactId, type PartnerActor } from '#kernel';
import type { DryRun, Page, SimulatedContact } from './dry-run.js';
import { DryRunPlans, type DryRunRequest } from './dry-run-plans.service.js';
import { NO_QUOTAS, isLimited, type Quotas } from './quotas.js';
import type { ForecastRun } from './forecast-run.js';
import { Simulator } from './simulator.service.js';

/** As far as a forecast has come, and of when it is. */
export interface ForecastAge {
  /**
   * What it looked at is as it was then, and what changed since is not in it.
   */
  readonly asOf: Date;
  /**
   * Whether nothing has changed since `asOf`, as far as the partner may know.
   */
  readonly isCurrent: boolean;
}

export interface DryRunSoFar extends ForecastAge {
  readonly run: DryRun;
  /** False: the figures are of those who are looked at so far. */
  readonly isComplete: boolean;
  /**
   * Of so many on the list, so many are looked at, by what is being reckoned
   * now.
   */
  readonly progress: { readonly people: number; readonly of: number };
}

export interface SimulatedPage extends Page<SimulatedContact>, ForecastAge {}

/** A reckoning that is kept. */
interface CachedRun {
  readonly reckoning: ForecastRun;
  readonly asOf: Date;
  readonly state: string;
  readonly beganMs: number;
  /** When it was last looked at for changes. */
  lookedMs: number;
}

/**
 * So many reckonings are remembered for so long: others' mail may have used up
 * allowances since, which nobody may see here.
 */
const MAX_CACHED = 50;
const MAX_AGE_MS = 10 * 60_000;
/**
 * For who looks through a list page by page it is looked at no oftener for
 * changes.
 */
const RECHECK_MS = 5_000;

/**
 * What a launch to a list would do, contact by contact, by the very machine and
 * rules that decide it then: also who has to wait for a campaign's daily limit,
 * a first look or the ramp of a new domain, which is decided among all of them
 * in the order of the real run. Everybody is taken to do nothing, no relay to
 * refuse, nobody to change and nothing else to be launched; and of the
 * frequency cap it knows what this partner has sent, as nobody may read here
 * what others did.
 *
 * A reckoning goes on whether or not anybody waits for it, is shared by all who
 * ask the same, and is kept while nothing changes.
 */
@Injectable()
export class DryRuns {
  private readonly kept = new Map<string, CachedRun>();
  /** What was there before what is being reckoned now. */
  private readonly before = new Map<string, CachedRun>();

  constructor(
    private readonly clock: Clock,
    private readonly plans: DryRunPlans,
    private readonly lists: ContactLists,
    private readonly simulator: Simulator,
  ) {}

  /**
   * Over the whole list.
   * @param waitMs how long to wait for the end; after that: what was known
   *   before with `isCurrent` false, or else the figures so far.
   * @throws DomainError `campaign-version.not-found`, `contact-list.not-found`.
   */
  async forecast(actor: PartnerActor, request: DryRunRequest, waitMs = Infinity): Promise<DryRunSoFar> {
    const name = nameOf(actor, request);
    const kept = await this.current(actor, request, name, 0);
    await within(kept.reckoning.done, waitMs);
    const { isComplete, people, of } = kept.reckoning;
    const before = isComplete ? undefined : this.before.get(name);
    const shown = before ?? kept;
    return {
      run: shown.reckoning.soFar,
      asOf: shown.asOf,
      isCurrent: before === undefined,
      isComplete: shown.reckoning.isComplete,
      progress: { people, of },
    };
  }

  /**
   * Of some contacts of the list, in the order of their ids, as they are now.
   * Where somebody has to wait for somebody else it goes by the last reckoning;
   * while another is under way because something has changed, `isCurrent` is
   * false.
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

  /** Where nobody has to wait for anybody, nothing needs to be reckoned. */
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
    const before = kept.reckoning.isComplete ? undefined : this.before.get(name);
    const { reckoning, asOf } = before ?? kept;
    await reckoning.done;
    return { startAt: reckoning.startAt, places: reckoning.quotas, asOf, isCurrent: before === undefined };
  }

  /**
   * What is being reckoned, or was and still holds; else one that begins now.
   * @param lookedMs how old a look for changes may be.
   */
  private async current(
    actor: PartnerActor,
    request: DryRunRequest,
    name: string,
    lookedMs: number,
  ): Promise<CachedRun> {
    const known = this.kept.get(name);
    if (known !== undefined && (!known.reckoning.isComplete || performance.now() < known.lookedMs + lookedMs))
      return known;
    const plan = await this.plans.plan(
      actor,
      known === undefined ? request : { ...request, startAt: known.reckoning.startAt },
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
    const { size } = await this.lists.withSize(actor, request.listId);
    const begun = this.kept.get(name);
    if (begun !== undefined && !begun.reckoning.isComplete) return begun;
    const reckoning = this.simulator.simulate(plan, size);
    const beganMs = performance.now();
    const kept: CachedRun = { reckoning, asOf, state, beganMs, lookedMs: beganMs };
    this.keep(name, kept);
    return kept;
  }

  private keep(name: string, kept: CachedRun): void {
    const known = this.kept.get(name);
    if (known !== undefined) this.before.set(name, known);
    this.kept.delete(name);
    this.kept.set(name, kept);
    kept.reckoning.done.then(
      () => this.before.delete(name),
      () => this.forget(name),
    );
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_CACHED && oldest !== undefined) this.forget(oldest);
  }

  private forget(name: string): void {
    this.kept.delete(name);
    this.before.delete(name);
  }
}

const nameOf = ({ partnerId }: PartnerActor, request: DryRunRequest): string => JSON.stringify([partnerId, request]);

/** Waits for work, but no longer. @throws what it throws. */
async function within(work: Promise<void>, waitMs: number): Promise<void> {
  if (waitMs === Infinity) return work;
  const waiting = new AbortController();
  try {
    await Promise.race([work, pause(waitMs, undefined, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}
