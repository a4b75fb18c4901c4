import { Injectable } from '@nestjs/common';
import { PublishedCampaigns, type Recall } from '#campaigns';
import { type CampaignDefinition, CompiledCampaigns } from '#content';
import { type CampaignVersionId, Clock, groupBy, systemActor } from '#kernel';
import { emailOf } from '#sequencing';
import { recallItems } from './recall-items.js';
import { type OpenTarget, RecallRows, type WaitingEmails } from './recall-rows.repository.js';

const REPORT = systemActor('recall');

/** Writes what became of each item of a recalled activation. */
@Injectable()
export class RecallReportRows {
  constructor(
    private readonly clock: Clock,
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly rows: RecallRows,
  ) {}

  /** In the open transaction of the process, which holds the activations. */
  async write(recall: Recall, targets: readonly OpenTarget[]): Promise<void> {
    // What waits of an activation that was updated is of another version, and is sent.
    const running = targets.filter(({ runsIt }) => runsIt).map(({ activationId }) => activationId);
    const waiting = await this.rows.waitingEmails(running);
    for (const [versionId, own] of groupBy(targets, (target) => target.versionId)) {
      const definition = await this.definition(versionId);
      const items = recallItems(definition, recall);
      await this.rows.addItems(
        recall.id,
        own.flatMap((target) => items.map((item) => ({ ...target, ...item }))),
        this.clock.now(),
      );
      const ids = new Set(own.map(({ activationId }) => activationId));
      const ofVersion = waiting.filter(({ activationId }) => ids.has(activationId));
      await this.rows.addCounts(recall.id, waitingByEmail(definition, recall, ofVersion));
    }
  }

  private async definition(versionId: CampaignVersionId): Promise<CampaignDefinition> {
    const { compiledHash } = await this.published.launched(REPORT, versionId);
    return (await this.compiled.load(compiledHash)).definition;
  }
}

interface CountedEmail extends Pick<WaitingEmails, 'activationId' | 'partnerId' | 'waiting'> {
  readonly itemKey: string;
}

/** Waiting e-mails of a recall, by e-mail. Another step of a contact is none. */
function waitingByEmail(
  { sequence }: Pick<CampaignDefinition, 'sequence'>,
  { tactic, locale }: Recall,
  waiting: readonly WaitingEmails[],
): CountedEmail[] {
  const steps = new Map(sequence.steps.flatMap((step) => (step.kind === 'email' ? [[step.key, step]] : [])));
  const own = waiting.flatMap((one) => {
    const step = steps.get(one.stepKey);
    const itemKey = step === undefined ? undefined : emailOf(step, one.arm);
    const isRecalled =
      (locale === null || locale === one.locale) &&
      (tactic === null || (tactic.kind === 'email' && tactic.key === itemKey));
    return itemKey === undefined || !isRecalled ? [] : [{ ...one, itemKey }];
  });
  return [...groupBy(own, ({ activationId, itemKey }) => `${activationId} ${itemKey}`).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { activationId, partnerId, itemKey } = first;
    return [{ activationId, partnerId, itemKey, waiting: same.reduce((sum, one) => sum + one.waiting, 0) }];
  });
}
