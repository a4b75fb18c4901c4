import { withoutLinksTo } from './without-links.js';

const VIEW = 'https://throughline.example/v/abc?a=1&b=2';
const LINK = '<a href="https://throughline.example/v/abc?a=1&amp;b=2" style="color:red">Open in browser</a>';
const OTHER = '<a href="https://throughline.example/u/abc">Unsubscribe</a>';
const page = (body: string): string => `<!doctype html><html><head><title>A</title></head><body>${body}</body></html>`;

describe('a document without its links to one address', () => {
  it.each([
    ['a line that only introduces it', `<div>Trouble reading this? ${LINK}</div>`, '<div></div>'],
    ['the same inside other elements', `<td><span>Trouble?</span> <b>${LINK}</b></td>`, null],
    ['a separator after it', `<p>${LINK} · ${OTHER}</p>`, `<p>${OTHER}</p>`],
    ['a separator before it', `<p>${OTHER} | ${LINK}</p>`, `<p>${OTHER}</p>`],
    [
      'only the link in a long text',
      `<p>${'Words. '.repeat(40)}${LINK}.</p>`,
      `<p>${'Words. '.repeat(40)}Open in browser.</p>`,
    ],
    ['only the link beside a picture', `<p>${LINK}<img src="a.png"></p>`, '<p>Open in browser<img src="a.png"></p>'],
  ])('loses %s', (_, body, rest) => {
    const cut = withoutLinksTo(page(body), VIEW);
    expect(cut).not.toContain('/v/abc');
    if (rest !== null) expect(cut).toBe(page(rest));
  });

  it('keeps every byte of a document that has none', () => {
    const html = page(`<p>${OTHER} &middot; <IMG src=a.png></p>`);
    expect(withoutLinksTo(html, VIEW)).toBe(html);
  });

  it('loses each of several', () => {
    const html = page(`<div>${LINK}</div><p>${OTHER} · ${LINK}</p>`);
    expect(withoutLinksTo(html, VIEW)).toBe(page(`<div></div><p>${OTHER}</p>`));
  });
});
