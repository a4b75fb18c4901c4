import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ContactId } from '#kernel';
import { isAction } from '#sequencing';
import { Crowd } from './crowd.js';
import { type DryRun, Forecast, type ForeseenStep } from './dry-run.js';
import type { Listed, Plan } from './dry-run-plans.service.js';
import { Party, type Setting } from './party.js';
import { ENOUGH_PLACES, isLimited, type Places, TakenPlaces } from './places.js';

/** Reads so many contacts of a list, in the order of their ids. */
export type ReadPage = (plan: Plan, afterId: ContactId | null, limit: number) => Promise<Listed[]>;

/** People who are read in one go: some milliseconds of work, between which others have their turn. */
const PAGE = 500;

/**
 * The forecast of a whole list, in the making. Those of whom the same is known go together, so it costs what reading the list costs. Where
 * somebody may have to wait for somebody else, they go once all are read; else each page as it is read.
 */
export class Reckoning {
  /** Resolves when everybody has come to the end. */
  readonly done: Promise<void>;
  /** People who are read. */
  people = 0;
  isComplete = false;
  places: Places = ENOUGH_PLACES;
  readonly startAt: Date;
  private readonly frame: Pick<DryRun, 'startAt' | 'until' | 'timeZone'>;
  private readonly forecast: Forecast;

  /** @param plan is let go of at the end: it remembers megabytes. @param of how many there are on the list. */
  constructor(
    plan: Plan,
    readonly of: number,
    private readonly read: ReadPage,
  ) {
    const { startAt, until, timeZone } = plan;
    this.startAt = startAt;
    this.frame = { startAt, until, timeZone };
    const format = new Intl.DateTimeFormat('en-CA', { timeZone });
    this.forecast = new Forecast(plan.sequence.steps.filter(isAction), (at) => format.format(at));
    this.done = this.run(plan);
  }

  /** What is known so far; all of it once it is complete. */
  get soFar(): DryRun {
    return this.forecast.result(this.frame);
  }

  private async run(plan: Plan): Promise<void> {
    const isAlone = !isLimited(plan.limits, plan.startAt);
    const everybody = new Map<Setting, ContactId[]>();
    for (let afterId: ContactId | null = null; ;) {
      const listed: Listed[] = await this.read(plan, afterId, PAGE);
      for (const one of listed) this.gather(plan, one, everybody);
      if (isAlone) {
        await this.walk(plan, everybody, ENOUGH_PLACES);
        everybody.clear();
      }
      this.people += listed.length;
      afterId = listed.at(-1)?.person.contact.id ?? null;
      await nextTurn();
      if (listed.length < PAGE) break;
    }
    if (!isAlone) {
      const places = new TakenPlaces(plan.limits);
      await this.walk(plan, everybody, places);
      this.places = places.known();
    }
    this.isComplete = true;
  }

  private gather(plan: Plan, { person, setting }: Listed, everybody: Map<Setting, ContactId[]>): void {
    this.forecast.enter(person.zoneSource);
    if (setting === null) {
      this.forecast.count(passedOver(plan), 1);
      return;
    }
    const known = everybody.get(setting);
    if (known === undefined) everybody.set(setting, [person.contact.id]);
    else known.push(person.contact.id);
  }

  private async walk(
    { scenery }: Plan,
    everybody: ReadonlyMap<Setting, readonly ContactId[]>,
    places: Places,
  ): Promise<void> {
    const { forecast } = this;
    const crowd = new Crowd();
    const left = (party: Party): void => forecast.leave(party, party.members.length);
    const see = (step: ForeseenStep, { length }: readonly ContactId[]): void => forecast.count(step, length);
    for (const [setting, members] of everybody) {
      const party = new Party(setting, members, scenery, see);
      if (party.isUnderWay) crowd.add(party);
      else left(party);
    }
    const turns = crowd.move(places, left);
    while (turns.next().done !== true) await nextTurn();
  }
}

/** Of somebody whom the campaign has reached before. */
export function passedOver({ sequence, startAt }: Pick<Plan, 'sequence' | 'startAt'>): ForeseenStep {
  const stepKey = sequence.steps.find(({ kind }) => kind === 'email')?.key ?? '';
  return { stepKey, kind: 'email', round: 1, at: startAt, outcome: 'skipped', reason: 'already-got', waits: [] };
}
