import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CampaignPackage, compilePackage, readPackage } from '#content';
import { packageRoot } from '#kernel';

/** Every folder of `templates/` that holds a campaign. */
const SHIPPED = readdirSync(join(packageRoot(), 'templates')).filter((name) =>
  existsSync(join(packageRoot(), 'templates', name, 'campaign.yaml')),
);

describe.each(SHIPPED)('the finished campaign %s', (name) => {
  it('compiles in two languages without a mistake or advice', async () => {
    const read = await readPackage({ folder: join(packageRoot(), 'templates', name) });
    if (!read.ok) throw new Error(JSON.stringify(read.problems, null, 1));
    const result = await compilePackage(read.pkg, async () => '0'.repeat(64));
    expect(result.ok ? result.warnings : result.problems).toEqual([]);
    if (!result.ok) return;
    const { emails, definition } = result.compiled;
    expect(definition.locales).toHaveLength(2);
    expect(emails.length).toBeGreaterThanOrEqual(3);
    for (const { masters } of emails)
      for (const master of Object.values(masters)) expect(master.worstCaseBytes).toBeLessThan(102_000);
  });
});

it('offers at least six finished campaigns', () => expect(SHIPPED.length).toBeGreaterThanOrEqual(6));

describe.each(['zero-trust-edge', 'cloud-cost-clarity'])('the shipped campaign %s', (name) => {
  const compile = async () => {
    const read = await readPackage({ folder: join(packageRoot(), 'templates', name) });
    if (!read.ok) throw new Error(JSON.stringify(read.problems, null, 1));
    return compilePackage(read.pkg, async () => '0'.repeat(64));
  };

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
});
