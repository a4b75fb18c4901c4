import { Inject, Injectable, Logger } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { ContactLists } from '#contacts';
import type { InsightNumbers, NotificationKind } from '#contracts';
import { Database } from '#database';
import { Accounts, type MailReader, mailReaders, SystemMail } from '#identity';
import {
  type ActivationId,
  Clock,
  type ContactListId,
  DAY_MS,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { PartnerInsights } from '../partner-insight.service.js';
import { addDays, dayOf, type DayWindow, mondayOf } from '../window.js';
import { finishedLetter, weeklyLetter } from './result-letters.js';

const MAILS = systemActor('result-mails');
const PAGE = 100;
/** Most clicks on the last e-mail come within a day. */
const FINISHED_WAIT_MS = DAY_MS;
/** Local time of the partner. */
const WEEKLY_FROM = '07:00';

/**
 * Mails to partners with the numbers of their screens: when a campaign has
 * finished, and of each week. Safe in any number of processes.
 */
@Injectable()
export class ResultMails {
  private readonly logger = new Logger(ResultMails.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly insights: PartnerInsights,
    private readonly lists: ContactLists,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Tells of activations that finished a day ago: trigger
   * libs/database/functions/insight.record_finished_activation.sql.
   * @returns whether there may be more.
   */
  async tellOfFinished(): Promise<boolean> {
    const due = await this.database.inTransaction(MAILS, () =>
      this.database.query<{ activationId: ActivationId; partnerId: PartnerId }>(
        // In random order: a page of failing ones would block all others.
        `SELECT activation_id, partner_id FROM insight.finished_activation
         WHERE told_at IS NULL AND finished_at <= $1 ORDER BY random() LIMIT $2`,
        [new Date(this.clock.now().getTime() - FINISHED_WAIT_MS), PAGE],
      ),
    );
    return this.tellAll(due, ({ activationId, partnerId }) => this.tellOfOne(activationId, partnerId));
  }

  /**
   * Tells of the last week, from Monday to Sunday in UTC, on Monday from seven
   * o'clock in the partner's time zone. No mail if nothing happened.
   * @returns whether there may be more.
   */
  async tellOfWeeks(): Promise<boolean> {
    const now = this.clock.now();
    const monday = mondayOf(dayOf(now));
    const week = { from: addDays(monday, -7), to: addDays(monday, -1) };
    const due = await this.database.inTransaction(MAILS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT o.id AS partner_id FROM organisations.organisation_view o
         WHERE o.kind = 'partner' AND ($1::timestamptz AT TIME ZONE o.time_zone)::date > $3::date
           AND ($1::timestamptz AT TIME ZONE o.time_zone)::time >= $4::time
           AND EXISTS (SELECT FROM insight.fact f WHERE f.partner_id = o.id AND f.on_day BETWEEN $2 AND $3)
           AND NOT EXISTS (SELECT FROM insight.weekly_mail w WHERE w.partner_id = o.id AND w.week_on >= $2)
         ORDER BY random() LIMIT $5`,
        [now, week.from, week.to, WEEKLY_FROM, PAGE],
      ),
    );
    return this.tellAll(due, ({ partnerId }) => this.tellOfWeek(partnerId, week));
  }

  /** A failure is retried, and blocks no other. */
  private async tellAll<Due>(due: readonly Due[], tell: (one: Due) => Promise<void>): Promise<boolean> {
    let told = 0;
    for (const one of due)
      try {
        await tell(one);
        told++;
      } catch (error) {
        this.logger.error('A partner could not be told of its results; it is tried again.', error);
      }
    return told === PAGE;
  }

  private async tellOfOne(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor(MAILS.name, { partnerId });
    await this.database.inTransaction(actor, async () => {
      const taken = await this.database.query(
        'UPDATE insight.finished_activation SET told_at = $2 WHERE activation_id = $1 AND told_at IS NULL RETURNING partner_id',
        [activationId, this.clock.now()],
      );
      if (taken.length === 0) return;
      const results = await this.insights.ofActivation(actor, partnerId, activationId);
      const list = await this.listNames(actor, activationId);
      const url = `${this.config.PUBLIC_URL}/activations/${activationId}`;
      for (const reader of await this.readers(actor, partnerId, 'finished'))
        await this.mail.post(finishedLetter(reader, url, { ...results, list }));
    });
  }

  private async tellOfWeek(partnerId: PartnerId, week: DayWindow): Promise<void> {
    const actor = systemActor(MAILS.name, { partnerId });
    await this.database.inTransaction(actor, async () => {
      const taken = await this.database.query(
        `INSERT INTO insight.weekly_mail AS w (partner_id, week_on) VALUES ($1, $2)
         ON CONFLICT (partner_id) DO UPDATE SET week_on = excluded.week_on WHERE w.week_on < excluded.week_on RETURNING week_on`,
        [partnerId, week.from],
      );
      if (taken.length === 0) return;
      const results = await this.insights.between(actor, partnerId, week);
      if (isNothing(results.numbers)) return;
      const url = `${this.config.PUBLIC_URL}/results?${new URLSearchParams({ from: week.from, to: week.to }).toString()}`;
      for (const reader of await this.readers(actor, partnerId, 'weekly'))
        await this.mail.post(weeklyLetter(reader, url, results));
    });
  }

  private async listNames(actor: SystemActor, activationId: ActivationId): Promise<string> {
    const found = await this.database.query<{ listId: ContactListId }>(
      `SELECT list_id FROM activations.activation_list_view WHERE activation_id = $1 AND role = 'include'`,
      [activationId],
    );
    const names = await this.lists.names(
      actor,
      found.map(({ listId }) => listId),
    );
    return [...names.values()].toSorted().join(', ');
  }

  private async readers(
    actor: SystemActor,
    partnerId: PartnerId,
    kind: NotificationKind,
  ): Promise<readonly MailReader[]> {
    const { contact } = await this.profiles.current(actor);
    return mailReaders(await this.accounts.team(actor, partnerId), kind, contact.email);
  }
}

/** Clicks of programs alone are nothing that a partner can use. */
const isNothing = ({ sent, clicks, replies, unsubscribed, complained, leads, won }: InsightNumbers): boolean =>
  [sent, clicks, replies, unsubscribed, complained, leads, won].every((count) => count === 0);
