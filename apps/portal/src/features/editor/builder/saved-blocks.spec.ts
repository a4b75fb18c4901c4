import { blocksOf, parseSource, type SourceElement } from '#template-source';
import type { Template } from './acts';
import { copyOf } from './email-copy';
import { withPicture } from './library-picture-act';
import { copyOfBlock, markupOf, picturesIn, withSavedBlock, withSavedText } from './saved-blocks';

const MAIL = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-image src="images/hero.jpg" alt="{{t "welcome.alt"}}" />
        <mj-text>{{t "welcome.title"}}</mj-text>
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
    'emails/welcome.mjml': MAIL,
    'locales/en.yaml': `welcome:\n  title: 'Stop it'\n  alt: 'Rings'\n`,
    'locales/de.yaml': `welcome:\n  title: 'Halt'\n  alt: 'Ringe'\n`,
  },
};
const block = (name: string): SourceElement => blocksOf(parseSource(MAIL)).find((one) => one.name === name)!;
const textsAfter = (act: { texts: Template['texts'] } | null): Template['texts'] => ({
  ...template.texts,
  ...act?.texts,
});

describe('a block of the library', () => {
  it('is saved with its texts in all languages and its pictures', () => {
    const markup = markupOf(template, block('mj-section'));
    expect(picturesIn(markup)).toEqual(['images/hero.jpg']);
    expect(copyOfBlock(template, markup)).toEqual({
      en: { 'welcome.alt': 'Rings', 'welcome.title': 'Stop it' },
      de: { 'welcome.alt': 'Ringe', 'welcome.title': 'Halt' },
    });
    expect(markupOf(template, block('mj-column'))).toMatch(/^<mj-section>\n<mj-column>/);
  });

  it('is inserted with texts and pictures of its own', () => {
    const markup = markupOf(template, block('mj-section'));
    const content = { markup, copy: copyOfBlock(template, markup) };
    const texts = textsAfter(
      withSavedBlock(template, content, new Map([['images/hero.jpg', 'images/hero-1.jpg']]), null),
    );
    const source = texts[template.file]!;
    expect(parseSource(source).problems).toEqual([]);
    expect(source.match(/<mj-section>/g)).toHaveLength(2);
    expect(source).toContain('src="images/hero-1.jpg" alt="{{t "welcome.block-1"}}"');
    expect(copyOf(texts, 'de').get('welcome.block-2')).toBe('Halt');
    expect(source.slice(0, MAIL.indexOf('</mj-section>'))).toBe(MAIL.slice(0, MAIL.indexOf('</mj-section>')));
  });

  it('is a paragraph if it is a text, in the languages that it has', () => {
    const texts = textsAfter(withSavedText(template, { en: 'Safe & sound\nnow' }, block('mj-text')));
    expect(texts[template.file]).toContain('<mj-text>{{t "welcome.block-1"}}</mj-text>');
    expect(copyOf(texts, 'en').get('welcome.block-1')).toBe('Safe &amp; sound<br />now');
    expect(copyOf(texts, 'de').has('welcome.block-1')).toBe(false);
  });
});

describe('a picture of the library', () => {
  it('brings its texts for readers who do not see it, and leaves the old ones', () => {
    const texts = textsAfter(
      withPicture(template, block('mj-image'), 'images/cloud-1.jpg', 'src', { en: 'A chart', de: 'Ein Diagramm' }),
    );
    expect(texts[template.file]).toContain('<mj-image src="images/cloud-1.jpg" alt="{{t "welcome.alt-1"}}" />');
    expect(copyOf(texts, 'de').get('welcome.alt-1')).toBe('Ein Diagramm');
    expect(copyOf(texts, 'en').get('welcome.alt')).toBe('Rings');
  });

  it('keeps the text of the block without texts of its own', () => {
    const texts = textsAfter(withPicture(template, block('mj-image'), 'images/cloud-1.jpg', 'src', {}));
    expect(texts[template.file]).toContain('<mj-image src="images/cloud-1.jpg" alt="{{t "welcome.alt"}}" />');
  });
});
