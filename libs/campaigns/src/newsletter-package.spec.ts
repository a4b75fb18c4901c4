import { compilePackage } from '#content';
import { newsletterPackage } from './shipped-templates.js';

describe('the shipped newsletter', () => {
  it('compiles, in the colours of a brand kit, with placeholders to replace', async () => {
    const result = await compilePackage(await newsletterPackage({ primary: '#7a1fa2' }), () =>
      Promise.resolve('0'.repeat(64)),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.compiled.definition.brand.defaults.primary).toBe('#7a1fa2');
    expect(result.compiled.emails.map(({ key }) => key)).toEqual(['news']);
    expect([...new Set(result.warnings.map(({ code }) => code))]).toEqual(['slot-missing', 'text-placeholder']);
  });
});
