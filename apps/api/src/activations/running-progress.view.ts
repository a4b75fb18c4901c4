import { Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import { stepNames } from '#content';
import type { RunningProgress } from '#contracts';
import type { PartnerActor } from '#kernel';
import { NextEmails, StepRecords } from '#sequences';

type Item = RunningProgress['items'][number];

/**
 * How far a partner's running activations are. Their details take 25 statements each, which a home with six of them
 * would wait for.
 */
@Injectable()
export class RunningProgressViews {
  constructor(
    private readonly activations: Activations,
    private readonly records: StepRecords,
    private readonly nextEmails: NextEmails,
  ) {}

  /** Of the newest running activations, at most `limit`. */
  async of(actor: PartnerActor, limit: number): Promise<Item[]> {
    const running = await this.activations.list(actor, { limit, beforeId: null, state: 'running' });
    const counts = await this.records.counts(
      actor,
      running.map(({ id }) => id),
    );
    const items: Item[] = [];
    for (const activation of running) {
      const { contacts = 0, completed = 0, steps = [] } = counts.get(activation.id) ?? {};
      const emails = await this.emailsOf(actor, activation);
      const ofEmails = steps.filter(({ stepKey }) => emails.has(stepKey));
      const nextAt = await this.nextEmails.ofActivation(actor, activation.id);
      items.push({
        activationId: activation.id,
        contacts,
        completed,
        emails: emails.size,
        sent: ofEmails.reduce((sum, { sent }) => sum + sent, 0),
        decided: ofEmails.reduce((sum, one) => sum + one.sent + one.skipped + one.failed + one.unknown, 0),
        nextAt: nextAt?.toISOString() ?? null,
      });
    }
    return items;
  }

  private async emailsOf(actor: PartnerActor, activation: Activation): Promise<ReadonlySet<string>> {
    const names = stepNames(await this.activations.campaign(actor, activation), activation.locale);
    return new Set(names.flatMap(({ kind, stepKey }) => (kind === 'email' ? [stepKey] : [])));
  }
}
