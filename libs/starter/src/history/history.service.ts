import { Injectable } from '@nestjs/common';
import { BackgroundWork } from '#jobs';
import { AdjustableClock, type CampaignId, Clock, DAY_MS, groupBy, HOUR_MS, MINUTE_MS } from '#kernel';
import type { Seed, SeededCampaign } from '../seed-file.js';
import type { SeededPartner } from '../seed-partners.service.js';
import type { SeededVendor } from '../seeded-vendor.js';
import { Agenda } from './agenda.js';
import { ENDED_CAMPAIGN, IN_REVIEW, joinedAt, LAUNCHES, PAUSE, publishedAt } from './history-plan.js';
import { PastCampaigns } from './past-campaigns.service.js';
import { PastLaunches } from './past-launches.service.js';
import { PastLeads } from './past-leads.service.js';
import { PastReactions } from './past-reactions.service.js';
import { PastSending } from './past-sending.service.js';
import { reactionsTo } from './reaction.js';
import { SentMessages } from './sent-messages.service.js';
import { visitorsOf } from './visitors.js';

/** Time between two looks for due e-mails: less than a working day, so that each is sent on its day. */
const STOP_MS = 6 * HOUR_MS;
/** When people begin to work, UTC. */
const MORNING_MS = 8 * HOUR_MS + 10 * MINUTE_MS;
/** Days from one morning to the next: each costs some tens of transactions. */
const MORNING_DAYS = 4;
/**
 * Of the scheduler's schedule, each morning. Summaries of a week are left to the present: the earlier ones are
 * not kept.
 */
const SCHEDULE = [
  'complete activations',
  'remind of leads',
  'tell of finished campaigns',
  'record available campaigns',
  'notify of campaigns',
  'fold rollups',
  'fold progress',
  'release results',
  'count hold-outs',
] as const;
const LAUNCHED = new Set(LAUNCHES.map(({ partner }) => partner));

/** Who and what takes part in the history. */
interface Cast {
  readonly seed: Seed;
  readonly vendor: SeededVendor;
  /** By their names in the seed. */
  readonly campaigns: ReadonlyMap<string, CampaignId>;
  readonly partners: readonly SeededPartner[];
}

/**
 * The past of the demonstration: two months in which sample partners run campaigns, and people react. The
 * clock begins behind and catches up; everything goes through the services and jobs that a real day uses.
 */
@Injectable()
export class History {
  constructor(
    private readonly clock: Clock,
    private readonly backgroundWork: BackgroundWork,
    private readonly launches: PastLaunches,
    private readonly sending: PastSending,
    private readonly sent: SentMessages,
    private readonly reactions: PastReactions,
    private readonly leads: PastLeads,
    private readonly decisions: PastCampaigns,
  ) {}

  /** Milliseconds that a clock must begin behind for a past. */
  static behindMs(today: Date): number {
    return today.getTime() - joinedAt(today).getTime();
  }

  /** Whether the clock is behind, so that there is a past to fill. */
  get isWanted(): boolean {
    return this.past !== null;
  }

  /** Campaigns that only the history has. */
  get campaigns(): readonly SeededCampaign[] {
    const { name, groups, tags } = ENDED_CAMPAIGN;
    return this.isWanted ? [{ name, groups: [...groups], tags: [...tags] }] : [];
  }

  /** From the day on which partners joined to the day on which campaigns are published. */
  passQuietDays(): void {
    this.past?.reach(publishedAt(new Date()));
  }

  /**
   * From the publication of campaigns to this moment. Does nothing if the clock is not behind.
   */
  async live(cast: Cast): Promise<void> {
    const clock = this.past;
    if (clock === null) return;
    const agenda = this.plan(cast);
    let seenUntil = this.clock.now();
    for (;;) {
      const stop = stopAfter(await this.sending.nextDueAt(), clock.now());
      const entryAt = agenda.nextAt;
      const isStop = stop !== null && (entryAt === null || stop < entryAt);
      const at = isStop ? stop : entryAt;
      if (at === null || at.getTime() > Date.now()) break;
      clock.reach(at);
      if (!isStop) {
        await agenda.performNext();
        continue;
      }
      await this.sending.sendDue();
      seenUntil = await this.planReactions(agenda, seenUntil);
    }
    clock.advance(Math.max(0, -clock.aheadMs));
    await this.morning(cast.partners);
  }

  private get past(): AdjustableClock | null {
    return this.clock instanceof AdjustableClock && this.clock.aheadMs < 0 ? this.clock : null;
  }

  private plan({ seed, vendor, campaigns, partners }: Cast): Agenda {
    const agenda = new Agenda();
    const [first, today] = [dayOf(this.clock.now()), dayOf(new Date())];
    const onDay = (day: number, perform: () => Promise<unknown>): void =>
      agenda.add(workMorning(day < 0 ? today + day : first + day, day < 0), async () => void (await perform()));
    for (let day = first; day <= today; day += MORNING_DAYS) {
      const at = new Date(day * DAY_MS + MORNING_MS);
      agenda.add(at, () => this.morning(partners));
    }
    const partnerOf = (key: string): SeededPartner =>
      found(new Map(partners.map((one) => [one.partner.key, one])), key);
    for (const [day, all] of groupBy(LAUNCHES, (launch) => launch.day))
      onDay(day, () =>
        Promise.all(
          all.map(({ partner: key, campaign }) => {
            const partner = partnerOf(key);
            const visitors = day === 0 ? visitorsOf(seed, partner.partner) : [];
            return this.launches.launch(partner, found(campaigns, campaign), visitors);
          }),
        ),
      );
    onDay(PAUSE.day, () => this.decisions.pause(partnerOf(PAUSE.partner).actor, found(campaigns, PAUSE.campaign)));
    onDay(ENDED_CAMPAIGN.endsOnDay, () => this.decisions.end(vendor, found(campaigns, ENDED_CAMPAIGN.name)));
    onDay(IN_REVIEW.day, () => this.decisions.submit(vendor));
    return agenda;
  }

  private async morning(partners: readonly SeededPartner[]): Promise<void> {
    await this.sending.moveContacts();
    await Promise.all(partners.filter(({ partner }) => LAUNCHED.has(partner.key)).map((one) => this.leads.work(one)));
    for (const name of SCHEDULE) await this.backgroundWork.runNow(name);
  }

  /** @returns when the newest message was sent. */
  private async planReactions(agenda: Agenda, after: Date): Promise<Date> {
    const messages = await this.sent.since(after);
    for (const message of messages)
      for (const { afterMs, reaction } of reactionsTo(message.email, message.stepKey))
        agenda.add(new Date(message.sentAt.getTime() + afterMs), () => this.reactions.perform(message, reaction));
    return messages.at(-1)?.sentAt ?? after;
  }
}

/** @throws Error if the seed lacks what the plan names. */
function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (one === undefined) throw new Error(`The history names ${name}, which the seed lacks.`);
  return one;
}

const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

/**
 * The next look at which something due is found; null: nothing is due. Looks come a minute later on each
 * day: what is due days after a look, to the second, is found by the same look of that day.
 */
function stopAfter(due: Date | null, now: Date): Date | null {
  if (due === null) return null;
  const from = Math.max(due.getTime(), now.getTime() + 1);
  const lookIn = (slot: number): number => slot * STOP_MS + (dayOf(new Date(slot * STOP_MS)) % 120) * MINUTE_MS;
  const slot = Math.floor(from / STOP_MS) - 1;
  const stop = [slot, slot + 1, slot + 2].map(lookIn).find((look) => look >= from) ?? lookIn(slot + 3);
  return new Date(stop);
}

/** The morning of a day since 1970; of a weekend, that of the Friday before or the Monday after. */
function workMorning(day: number, isBefore: boolean): Date {
  const weekday = new Date(day * DAY_MS).getUTCDay();
  const later = weekday === 6 ? [2, -1] : weekday === 0 ? [1, -2] : [0, 0];
  return new Date((day + (later[isBefore ? 1 : 0] ?? 0)) * DAY_MS + MORNING_MS + HOUR_MS);
}
