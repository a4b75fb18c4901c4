import type { SendingExplanation } from '#sequences';
import { anId, optional } from './command-arguments.js';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { operator } from './operator-process.js';
import type { SendingCommandServices } from './sending-commands.js';

/**
 * Prints why a contact receives, or does not receive, the messages of an
 * activation.
 */
export async function explain(
  { reports }: SendingCommandServices,
  activationId: string,
  contactId: string,
  print: Print,
): Promise<void> {
  const story = await reports.explain(operator(), anId(activationId), anId(contactId));
  if (story === null) throw new CommandFailure('There is no activation with this id.', 1);
  for (const line of linesOf(story)) print(line);
}

function linesOf({ activation, halts, enrolment, passedOver, steps }: SendingExplanation): string[] {
  return [
    `The activation is ${activation.status}${activation.reason === null ? '' : ` (${activation.reason})`}.`,
    ...halts.map(({ scope, reason, haltedBy }) => `Halted: ${scope}, by ${haltedBy}: ${reason}`),
    enrolment === null
      ? `The contact is not enrolled: ${passedOver ?? 'the contact was not on the list at the launch.'}`
      : [
          `The contact is ${enrolment.state}`,
          optional(enrolment.stepKey, (step) => ` at step ${step}`),
          optional(enrolment.dueAt, (due) => `, due ${due.toISOString()}`),
          enrolment.state === 'waiting' && !enrolment.isQueued ? ' (held out of the queue)' : '',
          `; its time zone is ${enrolment.timeZone} (source: ${enrolment.timeZoneSource}).`,
          optional(enrolment.endSentence, (sentence) => ` It receives nothing more: ${sentence}`),
        ].join(''),
    ...steps.map((step) =>
      [
        `${step.stepKey}: ${step.outcome}. ${step.sentence}`,
        optional(step.state, (state) => ` Ledger: ${state}, ${step.attempt ?? 0} attempts`),
        optional(step.retryAt, (at) => `, retry at ${at.toISOString()}`),
        optional(step.relay, (relay) => `, by ${relay}`),
        optional(step.mailGroup, (group) => ` to ${group}`),
        optional(step.basis, (basis) => `; legal basis ${basis} (rules version ${step.consentRules ?? 0})`),
        optional(step.smtp, (answer) => `; the relay answered: ${answer}`),
      ].join(''),
    ),
  ];
}
