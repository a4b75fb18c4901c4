import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import request from 'supertest';
import { servePortal } from './portal-files.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function serverOf(built: Promise<unknown>) {
  const app = express();
  servePortal(app, built, folder);
  app.use((_, response) => void response.status(404).send('not found'));
  return app;
}

const page = (app: express.Application, path: string) => request(app).get(path).set('Accept', 'text/html');

describe('a portal that is still being built', () => {
  it('lets its screens wait until it is complete, while the API answers', async () => {
    let finish: () => void = () => undefined;
    const app = serverOf(
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
    );
    const screen = page(app, '/campaigns').then(({ status, text }) => ({ status, text }));
    expect((await request(app).get('/api/v1/session')).text).toBe('not found');
    writeFileSync(join(folder, 'index.html'), '<title>Portal</title>');
    finish();
    expect(await screen).toEqual({ status: 200, text: '<title>Portal</title>' });
  });

  it('is missing if the build fails', async () => {
    const app = serverOf(Promise.reject(new Error('The bundler failed.')));
    expect((await page(app, '/campaigns')).status).toBe(404);
  });
});

it('serves its page on paths of screens, and not on those of the server', async () => {
  writeFileSync(join(folder, 'index.html'), '<title>Portal</title>');
  const app = serverOf(Promise.resolve());
  expect((await page(app, '/campaigns')).headers['cache-control']).toBe('no-cache');
  for (const path of ['/p/unknown', '/n/unknown', '/embed/1/unknown.js', '/oembed', '/feeds/unknown/feed.json'])
    expect((await page(app, path)).status).toBe(404);
  expect((await request(app).get('/campaigns').set('Accept', 'application/json')).status).toBe(404);
  expect((await request(app).post('/campaigns').set('Accept', 'text/html')).status).toBe(404);
});
