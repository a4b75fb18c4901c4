import { renderMailTemplate } from './mail-template.js';

const CONTENT = {
  language: 'en',
  lines: ['A & B', '<b>"C"</b>'],
  url: 'https://x.example/?a=1&b=2',
  button: 'Go',
  closing: 'Bye',
};
const PARTNER = {
  direction: 'ltr',
  partner: 'Smith & Sons',
  colours: { primary: '#111111', onPrimary: '#ffffff' },
} as const;

describe('a template of a mail', () => {
  it('has each line as a paragraph, escaped, and the button as a link', () => {
    const html = renderMailTemplate('system', { ...CONTENT, greeting: 'Hello,' });
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<p>A &amp; B</p>');
    expect(html).toContain('<p>&lt;b&gt;&quot;C&quot;&lt;/b&gt;</p>');
    expect(html).toContain('<a href="https://x.example/?a=1&amp;b=2"');
  });

  it('shows the logo of a partner, or else its name', () => {
    const logo = { url: 'https://x.example/b/1.png', width: 240, height: 60 };
    const withLogo = renderMailTemplate('partner', { ...CONTENT, ...PARTNER, logo });
    expect(withLogo).toContain('<img src="https://x.example/b/1.png" alt="Smith &amp; Sons" width="240" height="60"');
    const without = renderMailTemplate('partner', { ...CONTENT, ...PARTNER, logo: null });
    expect(without).toContain('font-weight:600">Smith &amp; Sons</p>');
    expect(without).not.toContain('<img');
  });
});
