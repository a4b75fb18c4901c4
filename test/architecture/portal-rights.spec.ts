import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTNER_PERMISSIONS, VENDOR_PERMISSIONS } from '#identity';

const PORTAL = 'apps/portal/src';

/** A right that nobody has hides what it guards from everybody, and nothing fails. */
describe('rights that the portal asks for', () => {
  const files = readdirSync(PORTAL, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const asked = files.flatMap((file) =>
    [...readFileSync(join(PORTAL, file), 'utf8').matchAll(/(?:\bmay\(|\bneeds: )'([^']+)'/g)].map(([, right]) => ({
      file,
      right,
    })),
  );

  it('are rights that somebody has', () => {
    const known: readonly string[] = [...Object.keys(VENDOR_PERMISSIONS), ...Object.keys(PARTNER_PERMISSIONS)];
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter(({ right }) => !known.includes(right ?? ''))).toEqual([]);
  });
});
