import { join } from 'node:path';
import { type CampaignPackage, compilePackage, readPackage } from '#content';
import { packageRoot } from '#kernel';

describe.each(['zero-trust-edge', 'cloud-cost-clarity'])('the shipped campaign %s', (name) => {
  const compile = async () => {
    const read = await readPackage({ folder: join(packageRoot(), 'templates', name) });
    if (!read.ok) throw new Error(JSON.stringify(read.problems, null, 1));
    return compilePackage(read.pkg, async () => '0'.repeat(64));
  };

  it('compiles without a mistake', async () => {
    const result = await compile();
    expect(result.ok ? [] : result.problems).toEqual([]);
  });

  it('has four e-mails in two locales, a page, a document and three posts', async () => {
    const result = await compile();
    if (!result.ok) throw new Error('see above');
    const { compiled } = result;
    expect(compiled.emails.map(({ key }) => key)).toEqual(['welcome', 'proof', 'workshop', 'last-call']);
    expect(compiled.emails.every(({ masters }) => Object.keys(masters).length === 2)).toBe(true);
    expect([compiled.pages.length, compiled.documents.length, compiled.social.length]).toEqual([1, 1, 3]);
    expect(compiled.slots.map((slot) => slot.name)).toEqual(
      expect.arrayContaining(['intro', 'offer', 'brochure-offer', 'announce-headline']),
    );
  });

  it('has a telephone number to tap, with its country code, in each e-mail', async () => {
    const { pkg } = (await readPackage({ folder: join(packageRoot(), 'templates', name) })) as { pkg: CampaignPackage };
    const sources = [...pkg.files].filter(([path]) => path.endsWith('.mjml')).map(([, source]) => source.toString());
    expect(sources).toHaveLength(4);
    for (const source of sources)
      expect(source).toMatch(
        /<a href="tel:\{\{partner\.contact\.phoneE164\}\}"[^>]*>\{\{partner\.contact\.phone\}\}<\/a>/,
      );
  });

  it('stays below what Gmail shows at once', async () => {
    const result = await compile();
    if (!result.ok) throw new Error('see above');
    for (const { masters } of result.compiled.emails)
      for (const master of Object.values(masters)) expect(master.worstCaseBytes).toBeLessThan(102_000);
  });
});
