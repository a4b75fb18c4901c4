import { DomainError } from '#kernel';

/** A refusal of a whole file. */
export const refusal = (
  reason: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): DomainError => new DomainError(`xliff.${reason}`, message, { field: 'file', ...details });
