import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Response } from 'express';
import type { Problem } from '#contracts';
import { DomainError, type ErrorKind, logContext } from '#kernel';
import { TaskBusyError } from '#subprocess';
import { sendErrorPage } from './error-page.js';
import type { AnsweredRequest } from './security-log.js';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  forbidden: 403,
  unauthenticated: 401,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Unreadable request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible in the current state',
  410: 'No longer available',
  412: 'Changed by another request in the meantime',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid request',
  429: 'Too many requests',
  503: 'Temporarily unavailable',
};

/**
 * PostgreSQL refused a text of the request: a zero byte (22021; 22P05 in JSON)
 * or half of a surrogate pair.
 */
const isNoText = (error: unknown): boolean => {
  const { code, detail } = (error ?? {}) as { code?: unknown; detail?: unknown };
  return code === '22021' || code === '22P05' || (code === '22P02' && /surrogate/.test(String(detail)));
};

/** PostgreSQL's `datetime_field_overflow`: ISO 8601 has a year 0, its calendar has not. */
const isDateOutOfRange = (error: unknown): boolean => ((error ?? {}) as { code?: unknown }).code === '22008';

/**
 * Answers every error with a problem document (RFC 9457), or with a page on
 * public paths. An unexpected error reveals its request id only, not its cause.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<AnsweredRequest>();
    const response = http.getResponse<Response>();
    const problem = { ...problemOf(error), ...logContext() } as Problem & { requestId?: string };
    if (problem.code === 'internal.error' || problem.code === 'server.resources')
      this.logger.error(`${request.method} failed`, error);
    request.problemCode = problem.code;
    if (response.headersSent) {
      response.end();
      return;
    }
    if (problem.status === 429 || problem.status === 503) response.setHeader('Retry-After', '60');
    if (sendErrorPage(request, response, problem)) return;
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** PostgreSQL's class 53 (out of disk, memory or connections), or a full disk. */
const isOutOfResources = (error: unknown): boolean => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && (/^53\d{3}$/.test(code) || code === 'ENOSPC');
};

function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) return ofDomain(error);
  if (error instanceof HttpException) return ofHttp(error);
  if (isNoText(error))
    return make(
      422,
      'text.invalid',
      'A text in the request contains a zero byte or half of a surrogate pair. Remove it and send the request again.',
    );
  if (isDateOutOfRange(error))
    return make(
      422,
      'date.out-of-range',
      'A date in the request is before the year 1 or too far in the future. Correct it and send the request again.',
    );
  if (error instanceof TaskBusyError)
    return make(503, 'server.busy', 'Too many files wait to be opened. Nothing was changed. Try again in a minute.');
  if (isOutOfResources(error))
    return make(
      503,
      'server.resources',
      'The server has no disk space or memory left. Nothing was changed. Tell an operator, and try again later.',
    );
  return make(
    500,
    'internal.error',
    'An internal error occurred. Nothing was changed. Try again; if the error stays, report its request id.',
  );
}

function ofDomain(error: DomainError): Problem {
  const { field, problems, ...details } = error.details;
  return {
    ...make(STATUS[error.kind], error.code, error.message),
    ...(field === undefined ? {} : { field }),
    ...(Array.isArray(problems) ? { problems: problems as Problem['problems'] } : {}),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

function ofHttp(error: HttpException): Problem {
  const status = error.getStatus();
  if (status === 404)
    return make(404, 'route.not-found', 'No endpoint exists at this address. See /api/docs for all endpoints.');
  if (status === 413 && error.message === 'File too large')
    return make(413, 'upload.too-large', 'The file is too large for this endpoint. Upload a smaller file.');
  if (status === 413)
    return make(413, 'request.too-large', 'The request body is larger than 1 MB. Split it into smaller requests.');
  if (status === 400 && /JSON/.test(error.message))
    return make(400, 'request.not-json', 'The request body is not valid JSON. Check quotes, commas and brackets.');
  if (status === 400 && error.message.startsWith('Unexpected file field'))
    return make(
      400,
      'request.refused',
      'A file is in a field that this endpoint does not read. /api/docs names the field.',
    );
  if (status === 415)
    return make(
      415,
      'request.media-type',
      'The body is neither JSON nor a file upload. Send it with "Content-Type: application/json".',
    );
  if (status === 429) return make(429, 'request.too-many', 'Too many requests. Try again in a minute.');
  if (status >= 500) return make(status, 'internal.error', 'Something went wrong on our side.');
  return make(status, 'request.refused', error.message);
}

function make(status: number, code: string, detail: string): Problem {
  return {
    type: `https://throughline.example/problems/${code}`,
    title: TITLES[status] ?? 'Something went wrong',
    status,
    detail,
    code,
  };
}
