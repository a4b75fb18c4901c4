import type { Locale } from '#kernel';
import { programText } from '#rendering';
import { differenceBetween, sentEmails } from './campaign-difference.js';
import { compilePackage } from './compile/compile-package.js';
import type { CompiledCampaign } from './compile/compiled-campaign.js';
import { campaignFiles } from './package/package.fixture.js';

const compiled = async (
  change: (path: string, text: string) => string = (_, text) => text,
): Promise<CompiledCampaign> => {
  const files = new Map(
    [...campaignFiles()].map(([path, bytes]) => {
      const text = bytes.toString('utf8');
      const changed = change(path, text);
      return [path, changed === text ? bytes : Buffer.from(changed)] as const;
    }),
  );
  const result = await compilePackage({ files }, () => Promise.resolve('0'.repeat(64)));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
};
const NOTHING = { emails: [], pages: [], documents: [], social: [], sequence: false };

describe('the difference between two versions', () => {
  it('is nothing where only a comment was written', async () => {
    const after = await compiled((path, text) => (path === 'campaign.yaml' ? `# again\n${text}` : text));
    expect(differenceBetween(await compiled(), after)).toEqual(NOTHING);
  });

  it('is nothing where only the limits of a slot are others', async () => {
    const after = await compiled((path, text) =>
      path === 'emails/welcome.mjml'
        ? text.replace('max-chars="200" max-lines="4"', 'max-chars="90" max-lines="2"')
        : text,
    );
    expect(after.slots).toMatchObject([{ name: 'offer', maxChars: 90, maxLines: 2 }]);
    expect(differenceBetween(await compiled(), after)).toEqual(NOTHING);
  });

  it('names an e-mail whose picture is another one under the same name', async () => {
    const before = await compiled();
    const [path = ''] = Object.keys(before.images);
    const images = { ...before.images, [path]: { ...before.images[path], hash: '1'.repeat(64) } };
    const { emails } = differenceBetween(before, { ...before, images } as CompiledCampaign);
    expect(emails.map(({ change }) => change)).toContain('changed');
  });

  it('names what is new and what is gone', async () => {
    const before = await compiled();
    const [first] = before.emails;
    const after = { ...before, emails: before.emails.slice(1) };
    const title = expect.stringMatching(/\w/) as string;
    const words = { gone: [], new: [] };
    expect(differenceBetween(before, after).emails).toEqual([{ key: first?.key, change: 'gone', title, words }]);
    expect(differenceBetween(after, before).emails).toEqual([{ key: first?.key, change: 'new', title, words }]);
  });

  it('has an e-mail as gone that the package keeps and no step sends', async () => {
    const before = await compiled();
    const [first] = sentEmails(before);
    const { sequence } = before.definition;
    const steps = sequence.steps.filter((step) => step.kind !== 'email' || step.email !== first?.key);
    const after = { ...before, definition: { ...before.definition, sequence: { ...sequence, steps } } };
    expect(differenceBetween(before, after).emails).toMatchObject([{ key: first?.key, change: 'gone' }]);
    expect(differenceBetween(after, before).emails).toMatchObject([{ key: first?.key, change: 'new' }]);
  });

  it('shows the lines of an e-mail that were written anew, in the language that is asked for', async () => {
    const before = await compiled();
    const [old] = Object.values(before.emails[0]!.masters);
    const subject = programText(old!, old!.subject);
    const after = await compiled((path, text) =>
      path === 'locales/en.yaml' ? text.replaceAll(subject, 'Quite another subject') : text,
    );
    const { emails } = differenceBetween(before, after, 'en' as Locale);
    expect(emails).toEqual([
      expect.objectContaining({
        key: before.emails[0]!.key,
        change: 'changed',
        title: 'Quite another subject',
        words: { gone: [subject], new: ['Quite another subject'] },
      }),
    ]);
    // The German e-mail is unchanged, but it counts as changed in every
    // language.
    const [german] = differenceBetween(before, after, 'de' as Locale).emails;
    expect(german).toMatchObject({ change: 'changed', words: { gone: [], new: [] } });
  });
});
