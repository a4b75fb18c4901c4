import type { Request, Response } from 'express';
import type { Problem } from '#contracts';
import { errorPage } from '../public/public-pages.js';
import { type ErrorPageKind, PUBLIC_LANGUAGES } from '../public/page-texts.js';
import { PAGE_POLICY } from './preview-policy.js';
import { MESSAGE_POLICY } from '../embeds/embed-site.js';

/**
 * Paths that prospects open in a browser. They could not read a problem
 * document.
 */
const PUBLIC_PAGES = /^\/(?:l|u|n|v|p|feeds|preferences)(?:\/|$)/;

/** Pages in frames of other websites. */
const FRAMES = /^\/p\/[^/]+\/(?:embed|card)(?:\/|$)/;

/**
 * Shows an error on a prospect's path as a page in the browser's language.
 * @returns false for another path, and for a request that does not accept HTML.
 */
export function sendErrorPage(
  request: Request,
  response: Response,
  { status: problemStatus, code, details }: Pick<Problem, 'status' | 'code' | 'details'>,
): boolean {
  if (!PUBLIC_PAGES.test(request.path) || request.accepts(['html', 'json']) !== 'html') return false;
  // An address that cannot even be decoded is a damaged link like any other.
  const isDamaged = problemStatus === 400 && (request.method === 'GET' || request.method === 'HEAD');
  const status = isDamaged ? 404 : problemStatus;
  const language = request.acceptsLanguages(PUBLIC_LANGUAGES) || 'en';
  const isFramed = FRAMES.test(request.path) || request.query['embed'] === 'frame';
  if (isFramed) response.removeHeader('X-Frame-Options');
  response
    .status(status)
    .vary('Accept')
    .vary('Accept-Language')
    .setHeader('Content-Security-Policy', isFramed ? MESSAGE_POLICY : PAGE_POLICY)
    .setHeader('Cache-Control', 'no-store')
    .type('html')
    .send(errorPage(kindOf(status, code), language, companyIn(details)));
  return true;
}

const companyIn = (details: Problem['details']): string =>
  typeof details?.['company'] === 'string' ? details['company'] : '';

function kindOf(status: number, code: string): ErrorPageKind {
  if (code === 'page.closed') return 'closed';
  if (status === 404 || status === 410) return 'missing';
  if (status === 429) return 'busy';
  return status >= 500 ? 'broken' : 'refused';
}
