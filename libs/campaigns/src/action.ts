import type { UserId, VendorActor } from '#kernel';

/** A user, and when they acted on a version. */
export interface Action {
  readonly userId: UserId | null;
  /** Whether the user acted by an API key. */
  readonly byKey: boolean;
  readonly name: string;
  readonly at: Date;
}

/** The acting user, and when. */
export function actionBy(actor: VendorActor, at: Date): Action {
  return { userId: actor.userId, byKey: actor.apiKeyId !== null, name: actor.name, at };
}

/** How long a repeated request of the same user counts as the same action. */
const MOMENT_MS = 60_000;

/** Whether a request now may be a repeat of the earlier one. */
export const isMomentsAgo = (then: Date | null, now: Date): boolean =>
  then !== null && now.getTime() - then.getTime() < MOMENT_MS;
