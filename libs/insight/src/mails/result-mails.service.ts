import { Inject, Injectable, Logger } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { ContactLists } from '#contacts';
import { Database } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactListId,
  DAY_MS,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { PartnerInsights } from '../partner-insight.service.js';
import { finishedLetter } from './result-letters.js';

const MAILS = systemActor('result-mails');
const PAGE = 100;
/** Most clicks on the last e-mail come within a day. */
const FINISHED_WAIT_MS = DAY_MS;

/**
 * Tells partners of finished campaigns, with the numbers of their screens. Safe
 * in any number of processes.
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
    private readonly notifier: Notifier,
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
      const { contact } = await this.profiles.current(actor);
      const path = `/activations/${activationId}`;
      await this.notifier.notify(
        actor,
        {
          organisationId: partnerId,
          kind: 'finished',
          event: 'campaign-finished',
          key: activationId,
          by: null,
          titles: results.titles,
          path,
          audience: contactReaders(contact.email),
        },
        (reader) => finishedLetter(reader, `${this.config.PUBLIC_URL}${path}`, { ...results, list }),
      );
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
}
