import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import { endpointsOf } from '../../apps/api/src/http/endpoints.js';
import { PUBLIC } from '../../apps/api/src/http/authority.js';
import { createTestApi, type TestApi } from '../support/api.js';

const TOKEN = 'a'.repeat(43);

interface PublicRoute {
  readonly method: string;
  readonly path: string;
}

/** Other ways to write a path that some routers take for the same. */
const SPELLINGS: readonly (readonly [string, (path: string) => string])[] = [
  ['upper case', (path) => path.replace(/[a-z](?=[a-z-]*(?:\/|$))/, (letter) => letter.toUpperCase())],
  ['a slash at the end', (path) => `${path}/`],
  ['an encoded letter', (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)],
  ['two slashes', (path) => path.replace('/', '//')],
  ['a dot segment', (path) => `/.${path}`],
];

describe('public routes', () => {
  let api: TestApi;
  let port: number;
  let routes: PublicRoute[];

  beforeAll(async () => {
    api = await createTestApi();
    port = (api.app.getHttpServer().address() as AddressInfo).port;
    const prefixes = new Map(
      api.app
        .get(DiscoveryService)
        .getControllers()
        .map(({ name, metatype }) => [String(name), String(Reflect.getMetadata(PATH_METADATA, metatype!) ?? '')]),
    );
    routes = endpointsOf(api.app)
      .filter(({ handler }) => Reflect.hasMetadata(PUBLIC, handler))
      .flatMap(({ controller, handler }) =>
        [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat().map((own) => ({
          method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!,
          path: `/${prefixes.get(controller)}/${own}`
            .replace(/\/+/g, '/')
            .replace(/(?<=.)\/$/, '')
            .replace(/:\w+/g, TOKEN),
        })),
      );
  });
  afterAll(() => api.close());

  /** Sends the path as it is. Other clients normalise it. */
  const send = (method: string, path: string): Promise<{ status: number; limit: string; cache: string }> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        response.resume();
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            limit: String(response.headers['ratelimit']),
            cache: String(response.headers['cache-control']),
          }),
        );
      })
        .on('error', reject)
        .end(method === 'POST' ? '{}' : undefined);
    });

  it('are the ones that strangers need', () => {
    expect(routes.length).toBeGreaterThan(15);
    expect(routes).toContainEqual({ method: 'POST', path: '/api/v1/session' });
    expect(routes).toContainEqual({ method: 'POST', path: `/p/${TOKEN}/form` });
  });

  it.each(SPELLINGS)('have one spelling: with %s there is no route', async (_, spell) => {
    const answered: string[] = [];
    for (const { method, path } of routes) {
      const spelt = spell(path);
      const { status, limit } = await send(method, spelt);
      const isRedirect = status === 301 && method === 'GET' && spelt.endsWith('/');
      if (spelt !== path && status !== 404 && !isRedirect) answered.push(`${method} ${spelt}: ${status}`);
      if (!limit.includes('r=')) answered.push(`${method} ${spelt}: not counted`);
    }
    expect(answered).toEqual([]);
  });

  it('tell caches what to keep', async () => {
    const silent: string[] = [];
    for (const { method, path } of routes) {
      const { cache } = await send(method, path);
      const isPage = path.startsWith('/p/') || path.startsWith('/b/');
      if (!(isPage ? /no-cache|no-store|max-age/ : /no-store|max-age/).test(cache))
        silent.push(`${method} ${path}: ${cache}`);
    }
    expect(silent).toEqual([]);
  });

  it('lead from an added slash to the page, and nowhere else', async () => {
    const location = (path: string): Promise<string | undefined> =>
      new Promise((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port, path }, (response) => {
          response.resume();
          resolve(response.headers.location);
        })
          .on('error', reject)
          .end();
      });
    expect(await location(`/p/${TOKEN}/?utm_source=a`)).toBe(`/p/${TOKEN}?utm_source=a`);
    for (const path of ['//evil.example/', '/p//evil.example/', '/p/\\evil.example/', '/p/../evil.example/'])
      expect(await location(path)).toBeUndefined();
  });
});
