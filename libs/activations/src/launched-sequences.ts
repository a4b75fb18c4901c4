import type { ActivationId, PartnerActor, SystemActor } from '#kernel';
import type { SequenceDefinition } from '#sequencing';

/** Prepares the sequence of a launch. The module that knows enrolments provides it. */
export abstract class LaunchedSequences {
  /**
   * Stores by which rules people enter, so that none who responds from now on
   * is missed. Joins the open transaction of the launch.
   */
  abstract store(actor: PartnerActor, activationId: ActivationId, sequence: SequenceDefinition): Promise<void>;

  /**
   * The same for an update: its rules take the place of those before, and
   * contacts on their way listen to events if it asks for any. Joins the open
   * transaction.
   */
  abstract replace(actor: SystemActor, activationId: ActivationId, sequence: SequenceDefinition): Promise<void>;
}
