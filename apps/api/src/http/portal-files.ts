import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { packageRoot } from '#kernel';

const PORTAL = join(packageRoot(), 'dist/apps/portal');
/**
 * Paths that the server answers. All other paths are screens of the portal.
 */
const SERVER_PATHS = /^\/(?:api|health|metrics|l|u|n|v|p|b|embed|oembed|feeds|visits|time|preferences)(?:\/|$)/;

/** An Express application, or Nest's around it. */
interface Served {
  use(handler: RequestHandler): unknown;
}

/**
 * Serves the portal: its files, and its page on each path that is no file and
 * not the server's own.
 * @param built settles when the files are complete. Until then requests wait; if
 *   it fails, the portal is missing.
 */
export function servePortal(app: Served, built: Promise<unknown>, folder = PORTAL): void {
  const portal = built.then(() => readPortal(folder)).catch(() => null);
  app.use(async (request: Request, response: Response, next: NextFunction) => {
    // The file server answers a path that cannot be decoded with "400" as plain
    // text. The server's own paths have better errors.
    if (SERVER_PATHS.test(request.path)) {
      next();
      return;
    }
    const files = await portal;
    if (files === null) next();
    else
      files(request, response, (error) =>
        error === undefined ? serveScreen(folder, request, response, next) : next(error),
      );
  });
}

/** @returns what serves the portal's files; null if it is not built. */
function readPortal(folder: string): RequestHandler | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  // Compressed at build time. API responses are not compressed: with a secret
  // beside the caller's input, the length would reveal the secret (BREACH).
  return expressStaticGzip(folder, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br'],
    serveStatic: {
      // Folders are not screens. The redirect to a path with a slash would
      // repeat the requested path, for example `/\evil.example`.
      redirect: false,
      setHeaders: (response: ServerResponse, path: string) => {
        response.setHeader(
          'Cache-Control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    },
  }) as RequestHandler;
}

/** Each screen is the same page; its scripts read the path. */
function serveScreen(folder: string, request: Request, response: Response, next: NextFunction): void {
  if (request.method !== 'GET' || !request.accepts('html')) next();
  else response.setHeader('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'));
}
