import { DomainError } from '#kernel';
import { personNameProblem } from '#rendering';

const NAME_CHARACTERS = 120;

/**
 * Checks the name of a user. It stands in e-mails from the installation's address
 * to people who do not know the user: invitations.
 * @throws DomainError `account.name-invalid`.
 */
export function requirePersonName(name: string): void {
  const problem = personNameProblem('name', name, NAME_CHARACTERS);
  if (problem === null) return;
  throw new DomainError('account.name-invalid', `${problem.message} ${problem.remedy}`, { field: 'name' });
}
