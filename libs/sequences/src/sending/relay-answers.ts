import type { DestinationAnswer, Tally } from '#delivery';
import type { SubmissionOutcome } from '#mailer';

/**
 * What the recipient's mail servers answered about their own state.
 * @returns null if they said nothing about it.
 */
export function destinationAnswerOf(outcome: SubmissionOutcome): DestinationAnswer['kind'] | null {
  if (outcome.kind === 'accepted') return 'accepted';
  if (outcome.kind !== 'transient') return null;
  if (outcome.about === 'destination') return 'slow-down';
  return outcome.mayBeDestination ? 'unexplained' : null;
}

/**
 * Counts what the relay accepted or refused permanently, for the circuit
 * breaker. Messages that we refused ourselves have code 0: the relay never saw
 * them.
 */
export function tallyOf(items: readonly { readonly outcome: SubmissionOutcome }[]): Tally {
  const refused = items.filter(({ outcome }) => outcome.kind === 'permanent' && outcome.code > 0);
  const taken = items.filter(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'unknown');
  const bounced = refused.filter(
    ({ outcome }) =>
      outcome.kind === 'permanent' && (outcome.deadAddress || outcome.enhanced?.startsWith('5.7.') === true),
  );
  return { submitted: taken.length + refused.length, bounced: bounced.length, complained: 0 };
}
