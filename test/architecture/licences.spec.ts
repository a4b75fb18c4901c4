import { packageRoot } from '#kernel';
import { checkInstalledLicences, checkLicences, type LockedPackage } from '../../scripts/licences.mjs';

const faultsOf = (locked: LockedPackage, manifest: object = {}): readonly string[] =>
  checkLicences({ '': {}, 'node_modules/one': locked }, () => manifest).faults;

describe('licences of packages', () => {
  it('are all allowed', () => {
    const { count, faults } = checkInstalledLicences(packageRoot());
    expect(count).toBeGreaterThan(500);
    expect(faults).toEqual([]);
  });

  it.each(['MIT', '(MIT OR GPL-3.0)', '(MIT AND ISC)'])('allow %s', (license) => {
    expect(faultsOf({ license })).toEqual([]);
  });

  it.each(['GPL-3.0', 'AGPL-3.0-only', '(MIT AND GPL-3.0)', '(MIT OR ISC AND GPL-3.0)', 'UNLICENSED', 'MPL-2.0'])(
    'refuse %s, and name the package',
    (license) => {
      expect(faultsOf({ license })).toEqual([expect.stringContaining(`one: licence ${license}.`)]);
    },
  );

  it('allow MPL-2.0 for tools', () => {
    expect(faultsOf({ license: 'MPL-2.0', dev: true })).toEqual([]);
  });

  it('are read from an old package.json, and refused if there is none', () => {
    expect(faultsOf({}, { licenses: [{ type: 'MIT' }] })).toEqual([]);
    expect(faultsOf({})).toEqual([expect.stringContaining('licence not stated')]);
  });
});
