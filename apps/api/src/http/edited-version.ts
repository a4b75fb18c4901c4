import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { DomainError } from '#kernel';

const VERSION = /^(?:W\/)?"([\w-]{1,64})"$/;

/**
 * The version that an edit replaces, from `If-Match` (RFC 9110, 13.1.1).
 * Null for `*`: the caller replaces any version.
 * @param isOptional for a PATCH, which names what it changes: without the header, it changes any version.
 * @throws DomainError `edit.version-missing`.
 */
export const EditedVersion = createParamDecorator((isOptional: unknown, context: ExecutionContext): string | null => {
  const header = context.switchToHttp().getRequest<Request>().headers['if-match']?.trim() ?? '';
  if (header === '*' || (header === '' && isOptional === 'optional')) return null;
  const version = VERSION.exec(header)?.[1];
  if (version !== undefined) return version;
  throw new DomainError(
    'edit.version-missing',
    'Send the "version" that you edited as If-Match, in double quotes. It prevents overwriting a change by another person. "*" overwrites any version.',
    { field: 'If-Match' },
  );
});

/**
 * For an endpoint that replaces a thing of several fields: it takes the version
 * that was edited, and answers 412 to an older one.
 */
export const ReplacesVersion = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'The version that was edited, in double quotes. "*" overwrites any version.',
    }),
  );

/**
 * For a change of any version without the header: it answers 412 if another user has changed the same.
 * @param refused when it is refused.
 */
export const ChangesVersion = (refused = 'others have changed the same fields since'): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: `The version that you saw, in double quotes: it is refused with 412 if ${refused}. Absent or "*": it changes any version.`,
    }),
  );

/**
 * For a thing whose version is a number.
 * @returns NaN, which equals no version, if it is none.
 */
export const numberOf = (version: string | null): number | null => (version === null ? null : Number(version));
