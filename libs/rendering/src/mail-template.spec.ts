import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { compileMailTemplate } from '../../../scripts/mail-template.mjs';
import { type MailTemplateContent, renderMailTemplate } from './mail-template.js';

const CONTENT: MailTemplateContent = {
  language: 'en',
  heading: 'A new <lead>',
  greeting: 'Hello Ada,',
  paragraphs: ['A & B', '<b>"C"</b>'],
  facts: [],
  picture: null,
  button: { label: 'Go', url: 'https://x.example/?a=1&b=2' },
  closing: 'Bye',
  settings: null,
  brand: { name: 'Smith & Sons', colours: { primary: '#998877', onPrimary: '#000000', link: '#112233' }, logo: null },
};

/** The content with some fields replaced. */
const rendered = (changed: Partial<MailTemplateContent> = {}): string => renderMailTemplate({ ...CONTENT, ...changed });

describe('the template of mails', () => {
  it('is compiled from its MJML source: node scripts/mail-template.mjs --write', async () => {
    const file = join(packageRoot(), 'libs/rendering/mail-templates/mail.hbs');
    expect(readFileSync(file, 'utf8')).toBe(await compileMailTemplate());
  });

  it('has heading, greeting and paragraphs, escaped, and the button as a link', () => {
    const html = rendered();
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr"/);
    expect(html).toContain('>A new &lt;lead&gt;</h1>');
    expect(html).toMatch(/<p style="[^"]*">Hello Ada,<\/p><p style="[^"]*">A &amp; B<\/p>/);
    expect(html).toContain('>&lt;b&gt;&quot;C&quot;&lt;/b&gt;</p>');
    expect(html).toContain('<a href="https://x.example/?a=1&amp;b=2"');
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).not.toMatch(/\{\{|undefined|\[object/);
  });

  it('has facts below the paragraphs, with links where they lead somewhere', () => {
    const html = rendered({
      facts: [
        { label: 'Campaign', value: 'A & B', url: null },
        { label: 'Phone', value: '+49 30 1', url: 'tel:+49301' },
      ],
    });
    expect(html).toContain('<strong>Campaign:</strong> A &amp; B<br>');
    expect(html).toContain('<strong>Phone:</strong> <a href="tel:+49301" style="color:#112233">+49 30 1</a><br>');
    expect(rendered()).not.toContain('<strong>');
  });

  it('has no button and no greeting where there are none', () => {
    const html = rendered({ button: null, greeting: null });
    expect(html).not.toContain('<a ');
    expect(html).not.toContain('Hello');
  });

  it('shows the logo of a brand, or else its name', () => {
    expect(rendered()).toContain('color:#112233;">Smith &amp; Sons</div>');
    const logo = { url: 'https://x.example/b/1.png', width: 240, height: 60 };
    const html = rendered({ brand: { name: 'Smith & Sons', colours: CONTENT.brand.colours, logo } });
    expect(html).toContain('<img src="https://x.example/b/1.png" alt="Smith &amp; Sons" width="240" height="60"');
    expect(html).not.toContain('>Smith &amp; Sons</div>');
  });

  it('leaves out of the space around a logo what its picture has of it', () => {
    const logo = { url: 'cid:logo', width: 256, height: 76, border: 8 };
    const html = rendered({ brand: { name: 'A', colours: CONTENT.brand.colours, logo } });
    expect(html).toContain('<td align="left" style="padding:0 24px 16px"><img src="cid:logo"');
  });

  it('is written from the right in a right-to-left language', () => {
    const html = rendered({ language: 'ar' });
    expect(html).toContain('<html lang="ar" dir="rtl"');
    expect(html).toContain('text-align:right');
    expect(html).not.toMatch(/direction:\s*ltr/);
  });
});
