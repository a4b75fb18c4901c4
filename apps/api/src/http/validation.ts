import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '#kernel';
import { fieldFault, type Issue } from './field-faults.js';

const fieldOf = (issue: Issue): string =>
  (issue.path ?? [])
    .map((part) => (typeof part === 'object' ? part.key : part))
    .reduce<string>(
      (path, part) =>
        typeof part === 'number' ? `${path}[${part}]` : path === '' ? String(part) : `${path}.${String(part)}`,
      '',
    );

/**
 * Checks every body, query and parameter against the schema that documents it.
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => {
      const problems = issues.map((issue) => ({ ...fieldFault(issue), field: fieldOf(issue) }));
      const first = problems[0];
      return new DomainError(
        'request.invalid',
        `${first?.field === '' || first === undefined ? 'The request' : first.field}: ${first?.message ?? 'is not valid'}.`,
        { ...(first?.field ? { field: first.field } : {}), problems },
      );
    },
  });
}
