import type { ActivationId, PartnerActor } from '#kernel';
import type { StricterLeadRule } from '#sequencing';

/** Stores a partner's stricter lead rule. The module of leads provides it. */
export abstract class LaunchLeadRules {
  /**
   * Joins the open transaction.
   * @throws DomainError `lead-rule.looser`.
   */
  abstract makeStricter(actor: PartnerActor, activationId: ActivationId, rule: StricterLeadRule): Promise<unknown>;
}
