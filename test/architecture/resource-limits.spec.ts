import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { memoryLimitMbOf } from '../support/compose.js';

/**
 * These are never deleted. Each caller that stores some, and what bounds them.
 */
const STORES_BLOBS: Readonly<Record<string, string>> = {
  'libs/activations/src/artwork/cobranding.service.ts': 'assets of an activation; launches are limited',
  'libs/assets/src/asset-files.service.ts': 'LIBRARY_QUOTA_MB, and one small picture for each',
  'libs/assets/src/partner-pictures.service.ts': 'PICTURE_QUOTA_MB, and one small picture for each',
  'libs/brand/src/brand-kits.service.ts': 'one picture for mails for each logo within LOGO_QUOTA_MB',
  'libs/brand/src/logo-images.service.ts': 'sizes that campaigns decide, for logos within LOGO_QUOTA_MB',
  'libs/brand/src/logo-reader.service.ts': 'LOGO_QUOTA_MB',
  'libs/campaigns/src/campaign-seals.service.ts': 'one manifest for each published version',
};

/**
 * Callers of `putRemovable`. `StoredBlobs` counts these blobs against
 * PACKAGE_QUOTA_MB, and deletes what nothing uses.
 */
const STORES_REMOVABLE = [
  'libs/campaigns/src/stored-blobs.service.ts',
  'libs/content/src/compiled-campaigns.service.ts',
];
/** Callers of the compiler. They record what it stored. */
const COMPILES = [
  'apps/renderer/src/handlers.ts',
  'libs/campaigns/src/edit-checks.service.ts',
  'libs/campaigns/src/sample-artwork.service.ts',
];

/** Subprocesses of api and renderer, by the names of their tasks. */
const FILES_OF_USERS = [
  'artwork.open-file',
  'contacts.read-list',
  'content.compile-canvas',
  'content.compile-package',
  'content.inspect-file',
  'content.unzip-package',
  'rendering.compile-template',
  'xliff.work-on-translations',
];
/** Subprocesses of the scheduler. */
const MAIL = ['mailer.read-report'];
/**
 * The process itself: 600 for the program and its work; 256 of bodies, 200 of
 * uploads, 80 of caches; and the 512 of /tmp, which is memory too.
 */
const OWN_MB = 1_648;

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\/src\/.*\.tsx?$/.test(path) && !/\.(?:spec|fixture)\.ts$/.test(path))
    .map((path) => join(folder, path)),
);
const filesWith = (pattern: RegExp): string[] =>
  sources.filter((path) => pattern.test(readFileSync(join(packageRoot(), path), 'utf8'))).sort();

describe('what callers can make the product hold', () => {
  it('is received as a file in one place only, which limits uploads', () => {
    expect(filesWith(/\bFilesInterceptor|\bAnyFilesInterceptor|\bFileInterceptor|from 'multer'/)).toEqual([
      'apps/api/src/http/uploads.ts',
    ]);
  });

  it('is stored for ever only where something bounds it', () => {
    expect(filesWith(/\bblobs\.put\(/)).toEqual(Object.keys(STORES_BLOBS).sort());
  });

  it('is counted and deleted elsewhere, by each caller that stores or compiles', () => {
    expect(filesWith(/\bblobs\.putRemovable\(/)).toEqual(STORES_REMOVABLE);
    expect(filesWith(/\bcompiled\.(?:check|compile)\(/)).toEqual(COMPILES);
    expect(filesWith(/\bstored\.record\(/)).toEqual(COMPILES);
  });

  it('is drawn in subprocesses, never in the process that answers requests', () => {
    const drawing = filesWith(/from '\.\.?\/(?:\.\.\/)?sharp\.js'|from 'sharp'/);
    expect(drawing.filter((path) => !path.startsWith('libs/artwork/src/'))).toEqual([]);
    const exported = readFileSync(join(packageRoot(), 'libs/artwork/src/index.ts'), 'utf8');
    expect(exported).not.toMatch(/drawFitted|readLogo\b|drawPixels/);
  });

  it('fits into the memory of its container, if every subprocess takes all that it may', () => {
    const tasks = memoryOfTasks();
    expect([...tasks.keys()].sort()).toEqual([...FILES_OF_USERS, ...MAIL].sort());
    const sum = (names: readonly string[]): number => names.reduce((mb, name) => mb + (tasks.get(name) ?? 0), 0);
    expect(memoryLimitMbOf('api')).toBeGreaterThanOrEqual(OWN_MB + sum(FILES_OF_USERS));
    expect(memoryLimitMbOf('renderer')).toBeGreaterThanOrEqual(OWN_MB + sum(FILES_OF_USERS));
    expect(memoryLimitMbOf('scheduler')).toBeGreaterThanOrEqual(OWN_MB + sum(MAIL));
  });
});

/** @returns by the name of a task, MB that all its subprocesses may have. */
function memoryOfTasks(): Map<string, number> {
  const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]);
  return new Map(
    filesWith(/= defineTask</).map((path) => {
      const text = readFileSync(join(packageRoot(), path), 'utf8');
      const [, name = path] = /^ {2}name: '([\w.-]+)'/m.exec(text) ?? [];
      return [name, numberIn(text, /memoryMb: (\d+)/) * numberIn(text, /^ {2}processes: (\d+)/m)];
    }),
  );
}
