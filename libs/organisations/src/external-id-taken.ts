import { DomainError } from '#kernel';

/** Each partner of a vendor has an external ID of its own. */
export const externalIdTaken = (externalId: string, cause: unknown): DomainError =>
  new DomainError(
    'membership.external-id-taken',
    `Another of your partners has the external ID "${externalId}". Each partner has one of its own.`,
    { field: 'externalId', externalId },
    { kind: 'conflict', cause },
  );
