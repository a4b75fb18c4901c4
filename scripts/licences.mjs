import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Licences (SPDX) that an Apache-2.0 product may include if it keeps their texts
 * and names.
 */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);

/** For tools, which no installation receives. */
const ALLOWED_FOR_TOOLS = new Set([...ALLOWED, 'MPL-2.0']);

/** Packages with another licence: name, or prefix that ends in `*`, and why it is accepted. */
const EXCEPTIONS = {
  '@img/sharp-*': 'LGPL-3.0 of libvips: a separate, unchanged and replaceable library',
  'caniuse-lite': 'CC-BY-4.0 data',
  'date-holidays': 'CC-BY-3.0 data, named in its files',
  slick: 'MIT, written with an address',
};

/**
 * Whether an SPDX expression is satisfied. AND and OR in one expression are
 * refused, because no package has both.
 * @param {string} expression for example `(MPL-2.0 OR Apache-2.0)`.
 * @param {ReadonlySet<string>} allowed
 */
function isSatisfied(expression, allowed) {
  const parts = expression.replace(/[()]/g, '').split(/ (?:AND|OR) /);
  const isOr = expression.includes(' OR ');
  if (isOr && expression.includes(' AND ')) return false;
  return isOr ? parts.some((part) => allowed.has(part)) : parts.every((part) => allowed.has(part));
}

const exceptionOf = (name) =>
  Object.keys(EXCEPTIONS).find((known) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known));

/** The licence in a `package.json`, also in the form before SPDX. */
const licenceOf = ({ license, licenses }) =>
  typeof license === 'string' ? license : Array.isArray(licenses) ? licenses.map(({ type }) => type).join(' OR ') : '';

/**
 * Compares the licence of each package with the list above.
 * @param {Record<string, { license?: string, dev?: boolean, link?: boolean }>} packages
 *   `packages` of package-lock.json: key is the folder.
 * @param {(folder: string) => object} readManifest `package.json` of an
 *   installed package, for packages without a licence in the lock file.
 * @returns {{ count: number, faults: string[] }} one sentence per fault.
 */
export function checkLicences(packages, readManifest) {
  const others = Object.entries(packages).filter(([folder, { link }]) => folder !== '' && !link);
  const faults = [];
  for (const [folder, { license, dev }] of others) {
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = license ?? licenceOf(readManifest(folder));
    if (isSatisfied(licence, dev ? ALLOWED_FOR_TOOLS : ALLOWED) || exceptionOf(name) !== undefined) continue;
    faults.push(
      `${name}: licence ${licence === '' ? 'not stated' : licence}. Remove the package, or add the licence or an exception with its reason to scripts/licences.mjs.`,
    );
  }
  return { count: others.length, faults };
}

/**
 * The licences of this repository's packages.
 * @param {string} root
 */
export function checkInstalledLicences(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return checkLicences(packages, (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
}
