import { withoutDoctype } from './svg-entities.js';

const svg = (subset: string, body = '<svg xmlns="&ns_svg;"/>'): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.0//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd" [${subset}]>\n${body}`;
const NS = '<!ENTITY ns_svg "http://www.w3.org/2000/svg">';

describe('the document type of an SVG', () => {
  it('is left out, with its abbreviations written out', () => {
    expect(withoutDoctype(svg(`\n\t${NS}\n\t<!ENTITY ns_ai 'http://ns.adobe.com/ai'>\n`), 1000)).toBe(
      '<?xml version="1.0"?>\n\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    );
  });

  it('may be missing, or declare nothing', () => {
    expect(withoutDoctype('<svg/>', 1000)).toBe('<svg/>');
    expect(withoutDoctype('<!DOCTYPE svg><svg/>', 1000)).toBe('<svg/>');
  });

  it.each([
    ['an entity from elsewhere', '<!ENTITY a SYSTEM "file:///etc/passwd">'],
    ['an entity within an entity', '<!ENTITY a "x"><!ENTITY b "&a;&a;">'],
    ['an entity of the declaration itself', '<!ENTITY % a "x"> %a;'],
    ['markup in an entity', '<!ENTITY a "<script/>">'],
    ['an entity that ends an attribute', `<!ENTITY a '" onload="x'>`],
    ['a default for an attribute', '<!ATTLIST svg onload CDATA "x">'],
    ['a long entity', `<!ENTITY a "${'x'.repeat(201)}">`],
    ['a hundred entities', Array.from({ length: 100 }, (_, n) => `<!ENTITY a${n} "x">`).join('')],
  ])('is not taken with %s', (_, subset) => {
    expect(withoutDoctype(svg(subset), 100_000)).toBeNull();
  });

  it('is not taken where it makes much of little', () => {
    expect(withoutDoctype(svg(NS, `<svg>${'&ns_svg;'.repeat(100)}</svg>`), 1000)).toBeNull();
  });
});
