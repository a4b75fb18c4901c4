import fc from 'fast-check';
import { contrastProblems, problemsOfPairs } from '#rendering';
import { digestOf } from './campaign-digest.js';
import { campaignFiles } from './package/package.fixture.js';
import { compilePackage } from './compile/compile-package.js';
import type { CompiledCampaign } from './compile/compiled-campaign.js';

describe('what a list says of a campaign', () => {
  let compiled: CompiledCampaign;

  beforeAll(async () => {
    const result = await compilePackage({ files: campaignFiles() }, () => Promise.resolve('0'.repeat(64)));
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    compiled = result.compiled;
  });

  it('is a small part of what was compiled', () => {
    const [small, whole] = [digestOf(compiled), compiled].map((one) => JSON.stringify(one).length) as [number, number];
    expect(small).toBeLessThan(16_000);
    expect(small * 5).toBeLessThan(whole);
  });

  it('finds the same colours unreadable as the whole does, whatever the brand', () => {
    const shade = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
    const brand = fc.record({ primary: shade, onPrimary: shade, secondary: shade, onSecondary: shade, link: shade });
    const { colours } = digestOf(compiled);
    const masters = [...compiled.emails, ...compiled.pages].map((one) => Object.values(one.masters));
    fc.assert(
      fc.property(brand, (shades) => {
        expect(colours.map((one) => one.masters.map((pairs) => problemsOfPairs(pairs, shades)))).toEqual(
          masters.map((own) => own.map((master) => contrastProblems(master, shades))),
        );
      }),
      { numRuns: 50 },
    );
  });
});
