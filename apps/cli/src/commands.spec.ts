import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { push, validate } from './commands.js';

const CAMPAIGN = `format: throughline/campaign@1
name: edge
title: { en: Edge }
summary: { en: Edge }
themes: security
locales: [en]
brand:
  defaults: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' }
locks: [footer]
emails:
  welcome: { source: emails/welcome.mjml, subject: subject, preheader: preheader }
sequence:
  window: { from: '09:00', to: '17:00', weekdays: [mon] }
  steps: [{ key: welcome, email: welcome }]
`;
const FILES = {
  'campaign.yaml': CAMPAIGN,
  'emails/welcome.mjml': `<mjml><mj-body>
<tc-lock name="footer"><mj-section><mj-column><mj-text>{{partner.legalName}}, {{partner.address}} <a href="{{links.unsubscribe}}">Leave</a></mj-text></mj-column></mj-section></tc-lock>
</mj-body></mjml>`,
  'locales/en.yaml': 'subject: Hello\npreheader: A preheader that is long enough to be shown as it was written.\n',
};

describe('the command line', () => {
  let folder: string;
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  beforeEach(async () => {
    lines.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'throughline-cli-'));
    for (const [path, text] of Object.entries(FILES)) await write(path, text);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('prints every mistake with its place and ends with 1', async () => {
    await expect(validate(folder, print)).rejects.toMatchObject({ exitCode: 1 });
    expect(lines).toContainEqual(
      expect.stringMatching(/campaign\.yaml:5:1: error: .*themes.*Did you mean "theme"\?.*\[field-unknown\]$/),
    );
  });

  it('says what a package without mistakes holds, and what the gates advise', async () => {
    await write('campaign.yaml', CAMPAIGN.replace('themes', 'theme'));
    await validate(folder, print);
    expect(lines.at(-1)).toBe(
      'edge is ready to upload: 1 emails, 0 pages, 0 documents, 0 posts in en (0 errors, 1 warning).',
    );
  });

  it('ends with 2 where there is nothing', async () => {
    await expect(validate(join(folder, 'nowhere'), print)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('uploads nothing that has mistakes', async () => {
    await expect(push(folder, { url: 'http://127.0.0.1:9', key: 'k' }, print)).rejects.toThrow('was not uploaded');
  });

  it('says when the installation does not answer', async () => {
    await write('campaign.yaml', CAMPAIGN.replace('themes', 'theme'));
    await expect(push(folder, { url: 'http://127.0.0.1:9', key: 'k' }, print)).rejects.toThrow('does not answer');
  });
});
