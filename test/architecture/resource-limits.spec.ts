import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

/**
 * Blobs are never deleted. Each caller that stores some, and what bounds them.
 */
const STORES_BLOBS: Readonly<Record<string, string>> = {
  'libs/activations/src/artwork/cobranding.service.ts': 'assets of an activation; launches are limited',
  'libs/brand/src/logo-images.service.ts': 'sizes that campaigns decide, for logos within LOGO_QUOTA_MB',
  'libs/brand/src/logo-reader.service.ts': 'LOGO_QUOTA_MB',
  'libs/campaigns/src/campaign-seals.service.ts': 'one manifest for each published version',
  'libs/campaigns/src/draft-files.service.ts': 'PACKAGE_QUOTA_MB',
  'libs/content/src/compiled-campaigns.service.ts': 'PACKAGE_QUOTA_MB',
};

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

  it('is drawn in subprocesses, never in the process that answers requests', () => {
    const drawing = filesWith(/from '\.\.?\/(?:\.\.\/)?sharp\.js'|from 'sharp'/);
    expect(drawing.filter((path) => !path.startsWith('libs/artwork/src/'))).toEqual([]);
    const exported = readFileSync(join(packageRoot(), 'libs/artwork/src/index.ts'), 'utf8');
    expect(exported).not.toMatch(/drawFitted|readLogo\b|drawPixels/);
  });
});
