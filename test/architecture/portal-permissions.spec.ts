import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VENDOR_PERMISSIONS } from '#identity';
import { PARTNER_PERMISSIONS } from '../../libs/identity/src/permissions.js';

const PORTAL = 'apps/portal/src';

/**
 * A permission that no role has hides its button from every user, and no other
 * test fails.
 */
describe('permissions that the portal checks', () => {
  const files = readdirSync(PORTAL, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const asked = files.flatMap((file) =>
    [...readFileSync(join(PORTAL, file), 'utf8').matchAll(/(?:\bcan\(|\buseCan\(\)\(|\bneeds: )'([^']+)'/g)].map(
      ([, right]) => ({
        file,
        right,
      }),
    ),
  );

  it('are permissions of the API', () => {
    const known: readonly string[] = [...Object.keys(VENDOR_PERMISSIONS), ...Object.keys(PARTNER_PERMISSIONS)];
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter(({ right }) => !known.includes(right ?? ''))).toEqual([]);
  });
});
