import { Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import { Database } from '#database';
import { ClickVerdicts, Visits } from '#engagement';
import { type ActivationId, groupBy, type Id, type SystemActor, systemActor } from '#kernel';
import { SEED } from '../seed-actor.js';
import { PERSON } from './browser.js';
import { PastForms } from './past-forms.service.js';
import type { SentMessage } from './sent-messages.service.js';

/** A person who followed a link of a message to a page of ours. */
export interface PageVisit {
  readonly message: SentMessage;
  readonly clickId: Id<'interaction'>;
  readonly sendsForm: boolean;
}

/** Opens landing pages for sample people, and sends their forms. */
@Injectable()
export class PastVisits {
  constructor(
    private readonly database: Database,
    private readonly verdicts: ClickVerdicts,
    private readonly visits: Visits,
    private readonly activations: Activations,
    private readonly forms: PastForms,
  ) {}

  /** Of the same moment. */
  async make(visits: readonly PageVisit[]): Promise<void> {
    if (visits.length === 0) return;
    await this.database.inTransaction(SEED, async () => {
      for (const { clickId } of visits) await this.verdicts.confirmPageOpened(clickId);
    });
    const ofPartners = groupBy(visits, ({ message }) => message.partnerId);
    await Promise.all(
      [...ofPartners].map(([partnerId, own]) => this.makeOf(systemActor(SEED.name, { partnerId }), own)),
    );
  }

  /** Of one partner's pages, in one transaction: each takes several messages to PostgreSQL of its own. */
  private async makeOf(actor: SystemActor, visits: readonly PageVisit[]): Promise<void> {
    const activations = new Map<ActivationId, Activation>();
    await this.database.inTransaction(actor, async () => {
      for (const { message, clickId, sendsForm } of visits) {
        const { activationId } = message;
        const activation = activations.get(activationId) ?? (await this.activations.get(actor, activationId));
        activations.set(activationId, activation);
        await this.visits.record(actor, activation, 'visit', { source: 'email', click: clickId }, PERSON);
        if (sendsForm) await this.forms.send(actor, activation, message);
      }
    });
  }
}
