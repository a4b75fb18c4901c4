import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '#kernel';
import { isFromForeignPage } from './foreign-pages.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Programs of mail providers send signed bytes of any type. */
const PROVIDER_EVENTS = '/provider-events/';

/**
 * Checks requests to the API before they are read. A form of another site can
 * send no JSON without the browser's consent (CORS), and no multipart request
 * that it has not marked as cross-site.
 * @param origins other sites that may call the API (`CORS_ORIGINS`).
 * @throws DomainError `request.cross-site` for a change that a page of another
 *   site requests; UnsupportedMediaTypeException for a body that is neither
 *   JSON nor an upload.
 */
export function checkApiRequest(origins: readonly string[]) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (SAFE_METHODS.has(request.method) || request.path.startsWith(PROVIDER_EVENTS)) {
      next();
      return;
    }
    const { origin, authorization } = request.headers;
    // A bearer token is never sent by the browser itself.
    if (isFromForeignPage(request.headers) && authorization === undefined && !origins.includes(origin ?? ''))
      throw new DomainError(
        'request.cross-site',
        'A page of another site sent this request. Open the portal and do it there.',
        {},
        { kind: 'forbidden' },
      );
    const hasBody = request.headers['content-length'] !== '0' && request.is('*/*') !== null;
    if (hasBody && request.is(['json', 'multipart/form-data']) === false) throw new UnsupportedMediaTypeException();
    next();
  };
}
