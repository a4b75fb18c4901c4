import { Injectable } from '@nestjs/common';
import { type Recall, Recalls } from '#campaigns';
import { Database } from '#database';
import { Clock, systemActor } from '#kernel';
import { RecallLetters } from './recall-letters.repository.js';
import { RecallMail } from './recall-mail.service.js';
import { RecallNames } from './recall-names.service.js';

const NOTICES = systemActor('recall');
/** Partners of one transaction. */
const BATCH = 50;

/** Tells each partner of a recall and of its reversal, once, from any number of processes. */
@Injectable()
export class RecallNotices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly recalls: Recalls,
    private readonly letters: RecallLetters,
    private readonly mail: RecallMail,
    private readonly names: RecallNames,
  ) {}

  async tell(recall: Pick<Recall, 'id' | 'campaignId'>): Promise<void> {
    while (await this.tellBatch(recall));
  }

  /**
   * Tells what is true when the e-mails are written. A letter of a recall that is
   * over would come together with that of the reversal.
   */
  private async tellBatch({ id, campaignId }: Pick<Recall, 'id' | 'campaignId'>): Promise<boolean> {
    return this.database.inTransaction(NOTICES, async () => {
      const recall = await this.recalls.postponeReversal(NOTICES, campaignId, id);
      const kind = recall.reversedAt === null ? 'recalled' : 'reversed';
      await this.letters.addLetters(id, kind);
      const partnerIds = await this.letters.claimLetters(id, kind, BATCH, this.clock.now());
      const { tactic } = recall;
      const isNamed = tactic !== null && partnerIds.length > 0;
      const item = isNamed ? (await this.names.of(id)).of(tactic.kind, tactic.key) : {};
      await this.mail.post(NOTICES, { recall, item }, kind, partnerIds);
      return partnerIds.length === BATCH;
    });
  }
}
