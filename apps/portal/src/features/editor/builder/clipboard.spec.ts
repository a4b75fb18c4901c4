import { blocksOf, parseSource } from '#template-source';
import type { Template } from './acts';
import { copiedBlock, readCopiedBlock, withPasted } from './clipboard';
import { MOST_PARTS, partsOfText } from './pasted-html';

const SOURCE = `<mjml>
  <mj-body>
    <mj-section background-url="images/ground.jpg">
      <mj-column>
        <mj-image src="images/hero.jpg" />
        <tc-slot name="welcome-1" label="Yours">{{t "welcome.offer"}}</tc-slot>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
const template: Template = {
  kind: 'email',
  key: 'welcome',
  file: 'emails/welcome.mjml',
  locales: ['en', 'de'],
  locale: 'en',
  texts: {
    'campaign.yaml': 'locales: [en, de]\nemails: { welcome: { source: emails/welcome.mjml } }\n',
    'emails/welcome.mjml': SOURCE,
    'locales/en.yaml': 'welcome:\n  offer: Ours\n',
    'locales/de.yaml': 'welcome:\n  offer: Unseres\n',
  },
};
const CAMPAIGN = '01a2197c-24cc-73af-8cef-b8c69a410ee6';
const urlOf = (path: string): string =>
  `/api/v1/campaigns/${CAMPAIGN}/versions/1/files/bytes?${new URLSearchParams({ path }).toString()}`;
const section = blocksOf(parseSource(SOURCE)).find(({ name }) => name === 'mj-section')!;
const copied = copiedBlock(template, section, CAMPAIGN, urlOf);

describe('a block on the clipboard', () => {
  it('has its texts in all languages, and the addresses of its pictures', () => {
    expect(readCopiedBlock(JSON.stringify(copied))).toEqual(copied);
    expect(copied.copy).toEqual({ en: { 'welcome.offer': 'Ours' }, de: { 'welcome.offer': 'Unseres' } });
    expect(Object.keys(copied.pictures)).toEqual(['images/ground.jpg', 'images/hero.jpg']);
  });

  it('is pasted with its pictures, and with texts and slots of its own', () => {
    const act = withPasted(template, copied, new Map([['images/ground.jpg', 'images/other.jpg']]), section);
    const pasted = act?.texts['emails/welcome.mjml']?.replace(SOURCE.slice(section.start, section.end), '') ?? '';
    expect(pasted).toContain('background-url="images/other.jpg"');
    expect(pasted).toContain('src="images/hero.jpg"');
    expect(pasted).not.toMatch(/name="welcome-1"|welcome\.offer/);
    expect(act?.texts['locales/de.yaml']).toContain('Unseres');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '<mj-text>'],
    ['torn markup', JSON.stringify({ ...copied, markup: '<mj-section><mj-column>' })],
    ['texts that are none', JSON.stringify({ ...copied, copy: { en: { a: { b: 'c' } } } })],
    ['an address elsewhere', JSON.stringify({ ...copied, pictures: { 'images/a.jpg': 'https://evil.example/a.jpg' } })],
    [
      'an address of another route',
      JSON.stringify({ ...copied, pictures: { 'images/a.jpg': `/api/v1/campaigns/${CAMPAIGN}/../../session?path=a` } }),
    ],
    ['megabytes', JSON.stringify({ ...copied, markup: `<mj-text>${'x'.repeat(300_000)}</mj-text>` })],
  ])('is refused if it is %s', (_, written) => {
    expect(readCopiedBlock(written)).toBeNull();
  });
});

describe('text of another program', () => {
  it('becomes a block for each paragraph, and no markup', () => {
    const parts = partsOfText('First <b> & {{x}}\r\nline two\n\n \nSecond');
    expect(parts.map(({ html }) => html)).toEqual([
      'First &lt;b&gt; &amp; &#123;&#123;x&#125;&#125;<br />line two',
      'Second',
    ]);
    expect(parts.length).toBeLessThan(MOST_PARTS);
    const act = withPasted(template, { parts }, new Map(), section);
    expect(act?.texts['emails/welcome.mjml']?.match(/<mj-text>/g)).toHaveLength(2);
    expect(act?.texts['locales/de.yaml']).toContain('Second');
  });
});
