import { setImmediate as nextTick } from 'node:timers/promises';
import type { LaunchExclusion } from '#contacts';
import type { ContactId } from '#kernel';
import { isAction } from '#sequencing';
import { CohortSimulation } from './cohort-simulation.js';
import { type DryRun, ForecastTotals, type SimulatedStep } from './dry-run.js';
import type { ListedContact } from './dry-run-contacts.service.js';
import type { DryRunPlan } from './dry-run-plans.service.js';
import { Cohort, type CohortProfile } from './cohort.js';
import { NO_QUOTAS, isLimited, type Quotas, QuotaLedger } from './quotas.js';

/** Reads at most `limit` contacts of a list, in order of their ids. */
export type ReadPage = (plan: DryRunPlan, afterId: ContactId | null, limit: number) => Promise<ListedContact[]>;

/**
 * Contacts per page. A page takes some milliseconds; other work runs between
 * pages.
 */
const PAGE = 500;

/**
 * A forecast of a whole list, in progress. Contacts with equal profiles form
 * one cohort, so a run costs about as much as reading the list. If contacts
 * compete for quotas, the simulation starts after all contacts are read; else
 * each page is simulated when it is read.
 */
export class ForecastRun {
  /** Resolves when every contact has reached the end. */
  readonly done: Promise<void>;
  /** Contacts read so far. */
  people = 0;
  isComplete = false;
  quotas: Quotas = NO_QUOTAS;
  readonly startAt: Date;
  private readonly frame: Pick<DryRun, 'startAt' | 'until' | 'timeZone'>;
  private readonly forecast: ForecastTotals;

  /**
   * @param plan is not kept after the end, because its cache has megabytes.
   * @param of number of contacts on the list.
   */
  constructor(
    plan: DryRunPlan,
    readonly of: number,
    private readonly read: ReadPage,
  ) {
    const { startAt, until, timeZone } = plan;
    this.startAt = startAt;
    this.frame = { startAt, until, timeZone };
    const format = new Intl.DateTimeFormat('en-CA', { timeZone });
    this.forecast = new ForecastTotals(plan.sequence.steps.filter(isAction), (at) => format.format(at));
    this.done = this.run(plan);
  }

  /** The figures so far; final once `isComplete` is true. */
  get soFar(): DryRun {
    return this.forecast.result(this.frame);
  }

  private async run(plan: DryRunPlan): Promise<void> {
    const isAlone = !isLimited(plan.limits, plan.startAt);
    const cohorts = new Map<CohortProfile, ContactId[]>();
    for (let afterId: ContactId | null = null; ;) {
      const listed: ListedContact[] = await this.read(plan, afterId, PAGE);
      for (const one of listed) this.addContact(plan, one, cohorts);
      if (isAlone) {
        await this.simulate(plan, cohorts, NO_QUOTAS);
        cohorts.clear();
      }
      this.people += listed.length;
      afterId = listed.at(-1)?.person.contact.id ?? null;
      await nextTick();
      if (listed.length < PAGE) break;
    }
    if (!isAlone) {
      const places = new QuotaLedger(plan.limits);
      await this.simulate(plan, cohorts, places);
      this.quotas = places.replay();
    }
    this.isComplete = true;
  }

  private addContact(plan: DryRunPlan, listed: ListedContact, cohorts: Map<CohortProfile, ContactId[]>): void {
    const { person, profile: setting } = listed;
    this.forecast.addContact(person.zoneSource);
    if (setting === null) {
      this.forecast.addStep(skippedAtLaunch(plan, listed.exclusion), 1);
      return;
    }
    const known = cohorts.get(setting);
    if (known === undefined) cohorts.set(setting, [person.contact.id]);
    else known.push(person.contact.id);
  }

  private async simulate(
    { cache: scenery }: DryRunPlan,
    cohorts: ReadonlyMap<CohortProfile, readonly ContactId[]>,
    places: Quotas,
  ): Promise<void> {
    const { forecast } = this;
    const crowd = new CohortSimulation();
    const left = (cohort: Cohort): void => forecast.addEnd(cohort, cohort.members.length);
    const see = (step: SimulatedStep, { length }: readonly ContactId[]): void => forecast.addStep(step, length);
    for (const [setting, members] of cohorts) {
      const cohort = new Cohort(setting, members, scenery, see);
      if (cohort.isActive) crowd.add(cohort);
      else left(cohort);
    }
    const turns = crowd.run(places, left);
    while (turns.next().done !== true) await nextTick();
  }
}

/** The step of a contact that a launch leaves out. */
export function skippedAtLaunch(
  { sequence, startAt }: Pick<DryRunPlan, 'sequence' | 'startAt'>,
  reason: LaunchExclusion,
): SimulatedStep {
  const stepKey = sequence.steps.find(({ kind }) => kind === 'email')?.key ?? '';
  return { stepKey, kind: 'email', round: 1, at: startAt, outcome: 'skipped', reason, waits: [] };
}
