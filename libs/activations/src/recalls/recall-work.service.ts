import { Injectable, Logger } from '@nestjs/common';
import { type Recall, RecalledImages, type RecallId, Recalls, stopsEverything } from '#campaigns';
import { Database } from '#database';
import { Clock, systemActor } from '#kernel';
import { RecalledActivations } from './recalled-activations.service.js';
import { RecallNotices } from './recall-notices.service.js';
import { RecallReportRows } from './recall-report-rows.service.js';
import { RecallRows } from './recall-rows.repository.js';

const RECALL = systemActor('recall');
/** Activations of one transaction. */
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

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly recalls: Recalls,
    private readonly images: RecalledImages,
    private readonly activations: RecalledActivations,
    private readonly report: RecallReportRows,
    private readonly rows: RecallRows,
    private readonly notices: RecallNotices,
  ) {}

  /**
   * Carries out a recall or its reversal. What is on its way to a relay is left
   * to `continueAll`.
   */
  async carryOut(id: RecallId): Promise<void> {
    const recall = await this.recalls.get(RECALL, id);
    if (recall.reversedAt === null) await this.images.hide(RECALL, recall);
    await this.database.inTransaction(RECALL, () => this.rows.addTargets(recall));
    while (await this.recordBatch(recall));
    // It may be reversed by now.
    const { reversedAt } = await this.recalls.get(RECALL, id);
    if (reversedAt !== null) await this.letGoOn(id);
    await this.notices.tell(recall);
  }

  private async letGoOn(id: RecallId): Promise<void> {
    const held = await this.database.inTransaction(RECALL, () => this.rows.toReverse(id));
    for (const target of held) await this.activations.goOn(id, target);
  }

  /** Continues what a process left that died. One that fails does not delay the others. */
  async continueAll(): Promise<void> {
    const unfinished = await this.database.inTransaction(RECALL, () => this.rows.unfinished());
    for (const id of unfinished)
      await this.carryOut(id).catch((error: unknown) =>
        this.logger.error(`The recall ${id} could not be continued; it is tried again.`, error),
      );
  }

  private async recordBatch(recall: Recall): Promise<boolean> {
    return this.database.inTransaction(RECALL, async () => {
      const targets = await this.rows.lockOpen(recall, BATCH);
      if (targets.length === 0) return false;
      // `recall` may be older than its reversal.
      const isReversed = await this.rows.isReversed(recall.id);
      if (!isReversed && stopsEverything(recall)) await this.activations.hold(recall, targets);
      await this.report.write(recall, targets);
      await this.rows.markDone(
        recall.id,
        targets.map(({ activationId }) => activationId),
        this.clock.now(),
      );
      return true;
    });
  }
}
