import { setImmediate as nextTick } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { PartnerId, SystemActor } from '#kernel';
import { internalFailure } from '#mailer';
import type { Draft } from './draft.js';
import { type Built, MessageBuilder } from './message-builder.service.js';
import { MessageSeals } from './message-seals.service.js';
import { Settlements } from './settlements.service.js';

const REFUSED_BY_US = { kind: 'permanent', deadAddress: false, code: 0, enhanced: null } as const;
/**
 * Messages are built for this time before other work of the process runs: about
 * six messages.
 */
const BUILD_SLICE_MS = 5;

/**
 * Builds the messages of a chunk and stores their receipts. Settles those for
 * which this fails.
 */
@Injectable()
export class MessagePreparation {
  private readonly logger = new Logger(MessagePreparation.name);

  constructor(
    private readonly builder: MessageBuilder,
    private readonly seals: MessageSeals,
    private readonly settlements: Settlements,
  ) {}

  /** @returns the messages that can be submitted: each has a stored receipt. */
  async prepare(actor: SystemActor, partnerId: PartnerId, drafts: readonly Draft[]): Promise<readonly Built[]> {
    return this.storeReceipts(actor, partnerId, await this.buildAll(actor, drafts));
  }

  /**
   * Pauses between slices: a claim or a small chunk runs dozens of statements
   * one after the other, and each waits as long as the process builds.
   */
  private async buildAll(actor: SystemActor, drafts: readonly Draft[]): Promise<readonly Built[]> {
    const begun: Promise<Built | null>[] = [];
    let sliceEndsMs = performance.now() + BUILD_SLICE_MS;
    for (const draft of drafts) {
      begun.push(this.build(actor, draft));
      if (performance.now() < sliceEndsMs) continue;
      await nextTick();
      sliceEndsMs = performance.now() + BUILD_SLICE_MS;
    }
    return (await Promise.all(begun)).filter((made) => made !== null);
  }

  /** @returns null if the message cannot be built. The failure is settled. */
  private async build(actor: SystemActor, draft: Draft): Promise<Built | null> {
    try {
      const built = await this.builder.build(actor, draft);
      if (typeof built !== 'string') return built;
      await this.settlements.settle(draft, { ...REFUSED_BY_US, text: built }, '', { reason: built });
    } catch (error) {
      this.logger.error(`Message ${draft.message.id} could not be built; it is tried again.`, error);
      await this.settlements.settle(draft, internalFailure(error), '');
    }
    return null;
  }

  /**
   * Stores the receipts: a message without a stored receipt is not submitted.
   */
  private async storeReceipts(
    actor: SystemActor,
    partnerId: PartnerId,
    built: readonly Built[],
  ): Promise<readonly Built[]> {
    try {
      await this.seals.storeReceipts(
        actor,
        partnerId,
        built.map(({ receipt, draft }) => ({ receipt, fence: draft.message.fence })),
      );
      return built;
    } catch (error) {
      this.logger.warn(`${built.length} messages wait: their receipts could not be written. ${String(error)}`);
      await Promise.all(built.map(({ draft }) => this.settlements.settle(draft, internalFailure(error), '')));
      return [];
    }
  }
}
