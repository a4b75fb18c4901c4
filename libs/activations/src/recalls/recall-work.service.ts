import { Injectable, Logger } from '@nestjs/common';
import { PublishedCampaigns, type Recall, RecalledImages, type RecallId, Recalls, stopsEverything } from '#campaigns';
import { type CampaignDefinition, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { type CampaignVersionId, Clock, DAY_MS, groupBy, systemActor } from '#kernel';
import { WebhookEvents } from '#webhooks';
import { ActivationControl } from '../activation-control.service.js';
import { ActivationsRepository } from '../activations.repository.js';
import { HELD_BY_RECALL } from '../planned-end.js';
import { recallItems } from './recall-items.js';
import { RecallMail } from './recall-mail.service.js';
import { type OpenTarget, RecallRows, type WaitingEmails } from './recall-rows.repository.js';

const RECALL = systemActor('recall');
/** Activations, or partners, of one transaction. */
const BATCH = 50;

/**
 * What follows from a recall after it is in force: activations are held, the
 * report is filled, partners are told. Nothing of this keeps anything from
 * coming out: each output asks for the recall itself. Idempotent, and safe in
 * several processes: each batch is one transaction, which another process
 * continues after.
 */
@Injectable()
export class RecallWork {
  private readonly logger = new Logger(RecallWork.name);

  // More parameters than elsewhere: it ends at activations, webhooks and mail.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly recalls: Recalls,
    private readonly images: RecalledImages,
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly repository: ActivationsRepository,
    private readonly control: ActivationControl,
    private readonly gate: ReleaseGate,
    private readonly webhooks: WebhookEvents,
    private readonly rows: RecallRows,
    private readonly mail: RecallMail,
  ) {}

  /** Carries out a recall or its reversal to the end. */
  async carryOut(id: RecallId): Promise<void> {
    const recall = await this.recalls.get(RECALL, id);
    if (recall.reversedAt === null) await this.images.hide(RECALL, recall);
    // Each e-mail is counted as sent or as stopped: none is between the two.
    await this.gate.waitForSubmissions({ vendorId: recall.vendorId });
    await this.database.inTransaction(RECALL, () => this.rows.addTargets(recall));
    while (await this.recordBatch(recall));
    await this.tell(recall, 'recalled');
    if (recall.reversedAt === null) return;
    const held = await this.database.inTransaction(RECALL, () => this.rows.toReverse(id));
    for (const target of held) await this.goOn(id, target);
    await this.tell(recall, 'reversed');
  }

  /** Continues what a process left that died. One that fails does not delay the others. */
  async continueAll(): Promise<void> {
    const unfinished = await this.database.inTransaction(RECALL, () =>
      this.rows.unfinished(new Date(this.clock.now().getTime() - DAY_MS)),
    );
    for (const id of unfinished)
      await this.carryOut(id).catch((error: unknown) =>
        this.logger.error(`The recall ${id} could not be continued; it is tried again.`, error),
      );
  }

  private async recordBatch(recall: Recall): Promise<boolean> {
    return this.database.inTransaction(RECALL, async () => {
      const targets = await this.rows.lockOpen(recall.id, BATCH);
      const ids = targets.map(({ activationId }) => activationId);
      if (ids.length === 0) return false;
      const now = this.clock.now();
      if (recall.reversedAt === null && stopsEverything(recall)) {
        const held = new Set(await this.rows.hold(recall.id, ids, now));
        await this.emitHolds(
          recall,
          targets.filter(({ activationId }) => held.has(activationId)),
        );
      }
      await this.writeRows(recall, targets, now);
      await this.rows.markDone(recall.id, ids, now);
      return true;
    });
  }

  private async writeRows(recall: Recall, targets: readonly OpenTarget[], now: Date): Promise<void> {
    const waiting = await this.rows.waitingEmails(targets.map(({ activationId }) => activationId));
    for (const [versionId, own] of groupBy(targets, (target) => target.versionId)) {
      const definition = await this.definition(versionId);
      const items = recallItems(definition, recall);
      await this.rows.addItems(
        recall.id,
        own.flatMap((target) => items.map((item) => ({ ...target, ...item }))),
        now,
      );
      const ids = new Set(own.map(({ activationId }) => activationId));
      const counted = waitingByEmail(
        definition,
        recall,
        waiting.filter(({ activationId }) => ids.has(activationId)),
      );
      await this.rows.addCounts(recall.id, counted);
    }
  }

  private async definition(versionId: CampaignVersionId): Promise<CampaignDefinition> {
    const { compiledHash } = await this.published.launched(RECALL, versionId);
    return (await this.compiled.load(compiledHash)).definition;
  }

  private async emitHolds({ campaignId }: Recall, held: readonly OpenTarget[]): Promise<void> {
    for (const { activationId, partnerId, versionId } of held)
      await this.webhooks.emit({ kind: 'partner', id: partnerId }, 'activation.held', {
        activationId,
        campaignId,
        versionId,
        partnerId,
        reason: HELD_BY_RECALL,
      });
  }

  /** One transaction each: its partner's log has the entry. */
  private async goOn(recallId: RecallId, { activationId, partnerId }: OpenTarget): Promise<void> {
    const actor = systemActor('recall', { partnerId });
    await this.database.inTransaction(actor, async () => {
      if (!(await this.rows.markReversed(recallId, activationId, this.clock.now()))) return;
      await this.rows.releaseFrom(recallId, activationId);
      const activation = await this.repository.get(actor, activationId);
      if (activation.recallId === null) await this.control.continueAfterRecall(actor, activation);
    });
  }

  private async tell(recall: Recall, kind: 'recalled' | 'reversed'): Promise<void> {
    await this.database.inTransaction(RECALL, () => this.rows.addLetters(recall.id, kind));
    let told = 0;
    do
      told = await this.database.inTransaction(RECALL, async () => {
        const letters = await this.rows.claimLetters(recall.id, BATCH, this.clock.now());
        await this.mail.post(RECALL, recall, letters);
        return letters.length;
      });
    while (told === BATCH);
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
  const emailOf = new Map(sequence.steps.flatMap((step) => (step.kind === 'email' ? [[step.key, step.email]] : [])));
  const own = waiting.flatMap((one) => {
    const itemKey = emailOf.get(one.stepKey);
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
