import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { campaignFiles } from '../package/package.fixture.js';
import { readPackage } from '../package/package-reader.js';
import { copyPackage } from '../package/package-copy.js';
import type { CampaignPackage } from '../package/campaign-package.js';
import { compilePackage } from './compile-package.js';

const CODES = ['text-placeholder', 'text-untranslated', 'text-from-template', 'file-from-template', 'text-literal'];
const found = async (pkg: CampaignPackage, template: CampaignPackage | null = null): Promise<string[]> => {
  const result = await compilePackage(pkg, async () => 'f'.repeat(64), template);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.warnings
    .filter(({ code }) => CODES.includes(code))
    .map(({ code, file, line, message }) => `${code} ${file}:${line ?? ''} ${message}`);
};
const changed = (changes: Readonly<Record<string, (text: string) => string>>): CampaignPackage => {
  const files = new Map(campaignFiles());
  for (const [path, change] of Object.entries(changes))
    files.set(path, Buffer.from(change(files.get(path)!.toString())));
  return { files };
};

describe('texts that an author meant to replace', () => {
  it.each(['zero-trust-edge', 'cloud-cost-clarity'])('are none in the shipped template %s', async (name) => {
    const reading = await readPackage({ folder: join(packageRoot(), 'templates', name) });
    if (!reading.ok) throw new Error('The template cannot be read.');
    expect(await found(reading.pkg)).toEqual([]);
  });

  it('are all texts of a copy, and its documents, until they are changed', async () => {
    const reading = await readPackage({ folder: join(packageRoot(), 'templates/zero-trust-edge') });
    if (!reading.ok) throw new Error('The template cannot be read.');
    const copy = copyPackage(reading.pkg, { name: 'helios', title: 'Helios' });
    if (!copy.ok) throw new Error('The template cannot be copied.');
    const all = await found(copy.pkg, reading.pkg);
    expect(all).toContainEqual(expect.stringContaining('file-from-template documents/'));
    expect(all).toContainEqual(expect.stringContaining('The text welcome.subject is still that of the template'));
    const files = new Map(copy.pkg.files);
    files.set(
      'locales/en.yaml',
      Buffer.from(files.get('locales/en.yaml')!.toString().replace('An intruder', 'A thief')),
    );
    const fewer = await found({ files }, reading.pkg);
    expect(fewer.filter((one) => one.includes('welcome.subject')).map((one) => one.split(':')[0])).toEqual([
      'text-from-template locales/de.yaml',
    ]);
  });

  it('are found in what campaign.yaml says to partners', async () => {
    const placeholder = changed({
      'campaign.yaml': (text) =>
        text.replace(/summary:[^\n]*\n(?: {2}[^\n]*\n)*/, "summary: { en: '[Your summary]', de: Text }\n"),
    });
    expect(await found(placeholder)).toContainEqual(
      expect.stringMatching(/^text-placeholder campaign\.yaml:\d+ The text summary is a placeholder/),
    );
  });

  it('are found in each catalogue, with their place', async () => {
    const placeholder = changed({
      'locales/en.yaml': (text) => text.replace(/subject: .*/, "subject: 'The subject of this e-mail'"),
    });
    expect(await found(placeholder)).toContainEqual(
      expect.stringMatching(/^text-placeholder locales\/en\.yaml:\d+ The text \S+ is a placeholder/),
    );
    const english = campaignFiles().get('locales/en.yaml')!.toString();
    const untranslated = await found(changed({ 'locales/de.yaml': () => english }));
    expect(untranslated).toContainEqual(
      expect.stringMatching(/^text-untranslated locales\/de\.yaml:\d+ The text \S+ is not translated into German/),
    );
  });

  it('are words in a template, if the campaign has several languages', async () => {
    const literal = changed({
      'emails/welcome.mjml': (text) =>
        text.replace(
          '</mj-body>',
          '<mj-section><mj-column><mj-text>Bring your bills.</mj-text></mj-column></mj-section></mj-body>',
        ),
    });
    expect(await found(literal)).toContainEqual(
      expect.stringMatching(/^text-literal emails\/welcome\.mjml:\d+ .*“Bring your bills\.”/),
    );
  });
});
