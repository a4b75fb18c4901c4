import { createHash } from 'node:crypto';
import type { Locale, SourceProblem } from '#kernel';
import { CAMPAIGN_YAML, campaignFiles } from '../package/package.fixture.js';
import { compilePackage } from './compile-package.js';

const EN = 'en' as Locale;
const keep = async (bytes: Buffer): Promise<string> => createHash('sha256').update(bytes).digest('hex');
const compile = (changes: Readonly<Record<string, string | Buffer | null>> = {}) =>
  compilePackage({ files: campaignFiles(changes) }, keep);
const located = (problems: readonly SourceProblem[]): string[] =>
  problems.map(({ code, file, line }) => `${file}:${line ?? '-'} ${code}`);

async function compiled(changes: Readonly<Record<string, string | Buffer | null>> = {}) {
  const result = await compile(changes);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result;
}
async function problemsOf(
  changes: Readonly<Record<string, string | Buffer | null>>,
): Promise<readonly SourceProblem[]> {
  const result = await compile(changes);
  return result.ok ? [] : result.problems;
}
const masterWith = (from: string, to: string): string => {
  const master = campaignFiles().get('emails/welcome.mjml')!.toString();
  if (!master.includes(from)) throw new Error(`The fixture has no ${from}.`);
  return master.replace(from, to);
};

describe('compiling a package', () => {
  it('gives a master for each email and locale', async () => {
    const { compiled: campaign } = await compiled();
    expect(campaign.emails.map(({ key, masters }) => [key, Object.keys(masters).sort()])).toEqual([
      ['welcome', ['de', 'en']],
    ]);
    expect(campaign.emails[0]?.masters[EN]?.locks.map(({ name }) => name)).toEqual(['legal', 'footer']);
  });

  it('gives the same campaign for the same package', async () => {
    expect(JSON.stringify((await compiled()).compiled)).toBe(JSON.stringify((await compiled()).compiled));
  });

  it('advises on nothing where nothing is to be said', async () => {
    expect((await compiled()).warnings).toEqual([]);
  });

  it('knows the slots of the campaign with their suggested text per locale', async () => {
    const [slot] = (await compiled()).compiled.slots;
    expect(slot).toMatchObject({ name: 'offer', maxChars: 200, maxLines: 4, usedIn: ['emails.welcome'] });
    expect(slot?.default['de' as Locale]?.blocks[0]?.[0]?.text).toBe('Fragen Sie uns nach einer kostenlosen Analyse.');
  });

  it('points at a script in a template', async () => {
    const problems = await problemsOf({
      'emails/welcome.mjml': masterWith(
        '<mj-text>{{t "welcome.body"}}',
        '<mj-text><script>alert(1)</script>{{t "welcome.body"}}',
      ),
    });
    expect(problems.some(({ file, line }) => file === 'emails/welcome.mjml' && line === 10)).toBe(true);
  });

  it('points at an unknown link in a template', async () => {
    const problems = await problemsOf({ 'emails/welcome.mjml': masterWith('{{links.demo}}', '{{links.dmo}}') });
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toContain('emails/welcome.mjml:12');
  });

  it.each([
    ['a required lock', '<tc-lock name="legal">', '<tc-lock name="terms">', 'lock-missing'],
    ['the unsubscribe link', '{{links.unsubscribe}}', '{{links.demo}}', 'unsubscribe-missing'],
    ['the postal address', '{{partner.address}}', '', 'postal-address-missing'],
  ])('is refused without %s', async (_, from, to, code) => {
    const problems = await problemsOf({ 'emails/welcome.mjml': masterWith(from, to) });
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  it('tells the mistakes of all files in one answer', async () => {
    const problems = await problemsOf({
      'campaign.yaml': CAMPAIGN_YAML.replace('theme: security', 'themes: security'),
      'emails/welcome.mjml': masterWith('{{partner.address}}', '{{partner.adress}}'),
      'locales/de.yaml': campaignFiles().get('locales/de.yaml')!.toString().replace('legal:', 'leggal:'),
      'images/logo.png': 'no picture',
    });
    const files = new Set(problems.map(({ file }) => file));
    expect(files).toEqual(
      new Set(['campaign.yaml', 'emails/welcome.mjml', 'locales/de.yaml', 'locales/en.yaml', 'images/logo.png']),
    );
  });

  it('warns of files and texts that nothing uses, and of a subject that is too long', async () => {
    const english = campaignFiles().get('locales/en.yaml')!.toString();
    const result = await compiled({
      'emails/old.mjml': '<mjml></mjml>',
      'locales/en.yaml': english.replace('subject: Stop', `subject: ${'Very '.repeat(15)}Stop`) + 'spare: x\n',
      'locales/de.yaml': campaignFiles().get('locales/de.yaml')!.toString() + 'spare: x\n',
    });
    expect(located(result.warnings)).toEqual([
      'emails/old.mjml:- file-unused',
      'locales/de.yaml:10 key-unused',
      'locales/en.yaml:2 subject-length',
      'locales/en.yaml:10 key-unused',
    ]);
  });

  it('keeps the pictures that masters show, by their hash', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const { compiled: campaign } = await compiled({
      'images/dot.png': png,
      'emails/welcome.mjml': masterWith(
        '<mj-text font-size="24px">',
        '<mj-image src="images/dot.png" alt="A dot" width="100px" /><mj-text font-size="24px">',
      ),
    });
    expect(campaign.images).toEqual({ 'images/dot.png': { hash: await keep(png), mediaType: 'image/png' } });
  });
});
