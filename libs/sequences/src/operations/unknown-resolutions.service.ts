import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  actionOnUnknown,
  type Resolution,
  type UnknownMessage,
  type UnknownMessageRef,
  UnknownMessages,
  UnknownPolicies,
} from '#delivery';
import { Clock, groupBy, type SystemActor } from '#kernel';

/** Decides unknown messages: by evidence, or by the policy of their vendor. */
@Injectable()
export class UnknownResolutions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly unknown: UnknownMessages,
    private readonly policies: UnknownPolicies,
  ) {}

  /**
   * Decides unknown messages by outside evidence.
   * @returns how many of them were unknown.
   */
  async resolve(actor: SystemActor, messages: readonly UnknownMessageRef[], resolution: Resolution): Promise<number> {
    return this.database.inTransaction(actor, async () => {
      const resolved = await this.unknown.resolve(messages, resolution);
      const [outcome, reason] = {
        accepted: ['sent', 'sent'],
        redrive: ['pending', 'pending'],
        close: ['failed', 'closed-unknown'],
      }[resolution];
      await this.database.query(
        // A pending step still has a contact, which the catch-up moves.
        `UPDATE sequences.step_execution SET outcome = $2, reason = $3, decided_at = $4 WHERE message_id = ANY ($1) AND outcome <> 'pending'`,
        [resolved, outcome, reason, this.clock.now()],
      );
      return resolved.length;
    });
  }

  /**
   * Without evidence, applies each vendor's policy.
   * A message is repeated, or closed after `days` and never repeated.
   * @returns the number of messages decided.
   */
  async applyPolicies(actor: SystemActor, days: number): Promise<number> {
    let decided = 0;
    for await (const unknown of this.unknown.pages(actor)) decided += await this.applyTo(actor, unknown, days);
    return decided;
  }

  private async applyTo(actor: SystemActor, unknown: readonly UnknownMessage[], days: number): Promise<number> {
    const now = this.clock.now().getTime();
    const policies = await this.policies.forVendors(actor, [...new Set(unknown.map(({ vendorId }) => vendorId))]);
    const next = groupBy(unknown, ({ vendorId, reason, attempt, unknownSince }) => {
      const policy = policies.get(vendorId);
      return policy === undefined
        ? null
        : actionOnUnknown(policy, { reason, attempt, forMs: now - unknownSince.getTime() }, days * 86_400_000);
    });
    let decided = 0;
    for (const [resolution, messages] of next)
      if (resolution !== null) decided += await this.resolve(actor, messages, resolution);
    return decided;
  }
}
