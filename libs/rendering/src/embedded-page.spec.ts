import { cardOf, componentContent, framedPage, withDiscovery } from './embedded-page.js';

const PAGE =
  '<!DOCTYPE html><html lang="de" dir="ltr"><head><meta charset="utf-8"><title>Offer</title><style>:root { color-scheme: light dark; } body { margin: 0 }</style>' +
  '<style media="print">.bar { display: none }</style><meta property="og:title" content="Offer &amp; more"></head>' +
  '<body class="page"><p style="color: red">Locked copy</p><a href="/p/x/links/demo" target="_self">Demo</a><a href="#tc-email">E-mail</a><img src="/b/1.png" alt="">' +
  '<form class="tc-form" method="post" action="https://app.example/p/x/form"><button type="submit">Send</button></form></body></html>';
const ADDRESS = 'https://app.example/p/x';

describe('a page on another website', () => {
  it('stays the same in a frame: links open a window, the form stays', () => {
    const html = framedPage(PAGE, { action: '/p/x/form?embed=frame', canonical: ADDRESS, script: '<script></script>' });
    expect(html).toContain('<head><base target="_blank"><link rel="canonical" href="https://app.example/p/x">');
    expect(html).toContain('<form class="tc-form" method="post" target="_self" action="/p/x/form?embed=frame">');
    expect(html).toContain('<a rel="sponsored noopener" href="/p/x/links/demo"');
    expect(html).toContain('<p style="color: red">Locked copy</p>');
    expect(html).toMatch(/<script><\/script><\/body><\/html>$/);
  });

  it('needs no inline style in a shadow root, and no address of the website', () => {
    const { css, html, attributes, lang } = componentContent(PAGE, ADDRESS, `${ADDRESS}/form?embed=component`);
    expect(css).toContain(':host { color-scheme: light dark; } body { margin: 0 }');
    expect(css).toContain('@media print{.bar { display: none }}');
    expect(html).not.toMatch(/ style=|<style/);
    expect(html).toContain('<p data-style="color: red">Locked copy</p>');
    expect(html).toContain('<a href="https://app.example/p/x/links/demo" target="_blank" rel="sponsored noopener">');
    expect(html).toContain('<a href="#tc-email">');
    expect(html).toContain('src="https://app.example/b/1.png"');
    expect(html).toContain('action="https://app.example/p/x/form?embed=component"');
    expect([attributes, lang]).toEqual([[['class', 'page']], 'de']);
  });

  it('has a card that says what networks are told', () => {
    expect(cardOf(PAGE)).toEqual({ title: 'Offer & more', description: '', image: null });
  });

  it('leads to its card at the end of the head', () => {
    expect(withDiscovery(PAGE, 'https://app.example/oembed?format=json&url=x')).toContain(
      '<link rel="alternate" type="application/json+oembed" href="https://app.example/oembed?format=json&amp;url=x"></head>',
    );
  });
});
