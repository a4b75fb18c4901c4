import type { ActivationId, ContactId, SystemActor } from '#kernel';

/**
 * Makes a lead of a contact that reached a lead step.
 * The lib of leads is above this one, and the scheduler provides it.
 */
export abstract class LeadCreation {
  /** In the open transaction. Does nothing if the lead exists. */
  abstract create(
    actor: SystemActor,
    lead: { readonly contactId: ContactId; readonly activationId: ActivationId },
  ): Promise<void>;
}
