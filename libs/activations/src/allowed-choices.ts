import { DomainError } from '#kernel';
import { choiceProblems, type PartnerChoices, type SequenceDefinition } from '#sequencing';

/**
 * @throws DomainError `launch.choices` for choices that the campaign does not
 *   allow, or that leave nothing to send.
 */
export function requireAllowed(sequence: SequenceDefinition, choices: PartnerChoices): void {
  const [first, ...others] = choiceProblems(sequence, choices);
  if (first === undefined) return;
  throw new DomainError('launch.choices', `${first.message} ${first.remedy}`, {
    field: `choices.${first.path}`,
    problems: [first, ...others].map(({ code, path, message, remedy, named }) => ({
      code: `launch.${code}`,
      field: `choices.${path}`,
      message: `${message} ${remedy}`,
      named,
    })),
  });
}
