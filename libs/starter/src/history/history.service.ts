import { Injectable } from '@nestjs/common';
import { BackgroundWork } from '#jobs';
import {
  AdjustableClock,
  type CampaignId,
  Clock,
  type ContactListId,
  DAY_MS,
  groupBy,
  HOUR_MS,
  MINUTE_MS,
} from '#kernel';
import type { Seed, SeededCampaign } from '../seed-file.js';
import type { SeededPartner } from '../seed-partners.service.js';
import type { SeededVendor } from '../seeded-vendor.js';
import { Agenda } from './agenda.js';
import {
  ENDED_CAMPAIGN,
  IN_REVIEW,
  joinedAt,
  LAUNCHES,
  midnightOf,
  PAUSE,
  type PlannedDay,
  publishedAt,
  RECALL,
} from './history-plan.js';
import { PastCampaigns } from './past-campaigns.service.js';
import type { ImportedLists } from './past-imports.service.js';
import { PastLaunches } from './past-launches.service.js';
import { PastLeads } from './past-leads.service.js';
import { PastReactions, type ReactionTo } from './past-reactions.service.js';
import { PastSending } from './past-sending.service.js';
import { reactionsTo } from './reaction.js';
import { SentMessages } from './sent-messages.service.js';
import { stopAfter, workMorning } from './times.js';

/** Days from one morning on which leads are worked on to the next: each costs some tens of transactions. */
const MORNING_DAYS = 4;
/** Of the scheduler's schedule, each morning. */
const EACH_MORNING = ['complete activations', 'tell of finished campaigns'] as const;
/** Once, at the end. Summaries of a week are left to the present: the earlier ones are not kept. */
const AT_THE_END = [
  'remind of leads',
  'record available campaigns',
  'notify of campaigns',
  'fold rollups',
  'fold progress',
  'release results',
  'count hold-outs',
] as const;
/** When people begin to work, UTC. */
const MORNING_MS = 8 * HOUR_MS + 10 * MINUTE_MS;
const LAUNCHED = new Set(LAUNCHES.map(({ partner }) => partner));

/** Who and what takes part in the history. */
interface Cast {
  readonly vendor: SeededVendor;
  /** By their names in the seed. */
  readonly campaigns: ReadonlyMap<string, CampaignId>;
  readonly partners: readonly SeededPartner[];
  /** What partners have imported, by their keys. */
  readonly imported: ReadonlyMap<string, ImportedLists>;
}

/**
 * The past of the demonstration: weeks in which sample partners run campaigns, and people react. The
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

  /** Partners import the people to whom they write. Does nothing if the clock is not behind. */
  async importPeople(seed: Seed, partners: readonly SeededPartner[]): Promise<Cast['imported']> {
    return this.isWanted ? this.launches.importPeople(seed, partners) : new Map();
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
    for (const name of AT_THE_END) await this.backgroundWork.runNow(name);
    await this.sending.untilPeopleAreTold();
  }

  private get past(): AdjustableClock | null {
    return this.clock instanceof AdjustableClock && this.clock.aheadMs < 0 ? this.clock : null;
  }

  private plan({ vendor, campaigns, partners, imported }: Cast): Agenda {
    const agenda = new Agenda();
    const today = new Date();
    const begin = this.clock.now().getTime();
    for (let at = begin - (begin % DAY_MS) + MORNING_MS; at < today.getTime(); at += MORNING_DAYS * DAY_MS)
      agenda.add(new Date(at), () => this.morning(partners));
    const byKey = new Map(partners.map((one) => [one.partner.key, one]));
    const partnerOf = (key: string): SeededPartner => found(byKey, key);
    for (const [at, all] of groupBy(LAUNCHES, ({ on }) => workMorning(midnightOf(on, today)).getTime()))
      agenda.add(new Date(at), async () => {
        await Promise.all(
          all.map((launch) => {
            const partner = partnerOf(launch.partner);
            const lists = listsOf(launch.to, partner, found(imported, launch.partner));
            return this.launches.launch(partner, found(campaigns, launch.campaign), lists);
          }),
        );
      });
    const decide = ({ on }: { readonly on: PlannedDay }, decision: () => Promise<void>): void =>
      agenda.add(workMorning(midnightOf(on, today)), decision);
    decide(RECALL, () => this.decisions.recall(vendor, found(campaigns, RECALL.campaign)));
    decide(PAUSE, () => this.decisions.pause(partnerOf(PAUSE.partner).actor, found(campaigns, PAUSE.campaign)));
    decide(ENDED_CAMPAIGN, () => this.decisions.end(vendor, found(campaigns, ENDED_CAMPAIGN.name)));
    // Compiling it takes seconds of a subprocess, beside which the history goes on.
    const draft = this.decisions.draft(vendor);
    // Handled where it is awaited.
    draft.catch(() => undefined);
    decide(IN_REVIEW, async () => this.decisions.submit(vendor, await draft));
    return agenda;
  }

  private async morning(partners: readonly SeededPartner[]): Promise<void> {
    await Promise.all(partners.filter(({ partner }) => LAUNCHED.has(partner.key)).map((one) => this.leads.work(one)));
    for (const name of EACH_MORNING) await this.backgroundWork.runNow(name);
  }

  /** @returns when the newest message was sent. */
  private async planReactions(agenda: Agenda, after: Date): Promise<Date> {
    const messages = await this.sent.since(after);
    const sentAt = messages.at(-1)?.sentAt ?? after;
    const planned = messages.flatMap((message) =>
      reactionsTo(message.email, message.stepKey, sentAt).map(({ at, reaction }) => ({ at, message, reaction })),
    );
    for (const [at, all] of groupBy(planned, (one) => one.at.getTime()))
      agenda.add(new Date(at), () => this.react(all));
    return sentAt;
  }

  /** Contacts follow what they have done at once: the next steps count from then. */
  private async react(all: readonly ReactionTo[]): Promise<void> {
    await this.reactions.perform(all);
    await this.sending.moveContacts();
  }
}

function listsOf(
  to: (typeof LAUNCHES)[number]['to'],
  { partner, listId }: SeededPartner,
  imported: ImportedLists,
): ContactListId[] {
  return to.map((audience) => {
    const id = audience === 'customers' ? listId : imported.get(audience);
    if (id == null) throw new Error(`The sample partner ${partner.key} lacks a list that its history names.`);
    return id;
  });
}

/** @throws Error if the seed lacks what the plan names. */
function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (one === undefined) throw new Error(`The history names ${name}, which the seed lacks.`);
  return one;
}
