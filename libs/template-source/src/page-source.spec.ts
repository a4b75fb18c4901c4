import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { blocksOf, moveElement, applyChanges, parseSource, type SourceElement } from './index.js';
import { masked } from './mustaches.js';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** The elements of a page as a browser builds them, by the place of their start tag. */
function browserTree(source: string): Map<number, Element> {
  const found = new Map<number, Element>();
  const visit = (node: Node): void => {
    if ('tagName' in node) {
      const { startOffset } = node.sourceCodeLocation ?? {};
      if (startOffset !== undefined) found.set(startOffset, node);
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(masked(source), { sourceCodeLocationInfo: true }));
  return found;
}

const around = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;
const words = fc.constantFrom(
  'a',
  ' ',
  '\n  ',
  '{{t "k"}}',
  '&amp;',
  'x < y',
  '<!-- <p> -->',
  '<br>',
  '<img src="a">',
  '',
);
/** Markup of authors and of other tools: nested well or not, with tags left out. */
const markup = fc.letrec<{ content: string; one: string }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 4 },
    words,
    fc
      .tuple(
        fc.constantFrom(
          ...'p div section ul li h2 a b span tc-when tc-slot tc-form main blockquote table tr td pre dl DIV'.split(
            ' ',
          ),
        ),
        tie('content'),
      )
      .map(([name, inner]) => around(name, inner)),
    fc
      .tuple(fc.constantFrom('p', 'li', 'div', 'b', 'a'), tie('content'))
      .map(([name, inner]) => `<${name} class="x">${inner}`),
    fc.constantFrom('</p>', '</div>', '</li>', '<hr/>', '<style>p > b {}</style>', '<script>"</p>"</script>', '<p/>'),
  ),
  content: fc.array(tie('one'), { maxLength: 4 }).map((parts) => parts.join('')),
})).content;
const page = (inner: string): string => `<!doctype html><html><head></head><body>${inner}</body></html>`;

describe('the source of a page', () => {
  it('has the blocks that a browser builds, at their places, or is reported', () => {
    let read = 0;
    const property = fc.property(markup, (inner) => {
      const source = page(inner);
      const tree = parseSource(source);
      if (tree.problems.length > 0) return;
      read += 1;
      const browser = browserTree(source);
      const placeOf = (element: SourceElement): [string, number | undefined, number | undefined] => {
        const built = browser.get(element.start);
        const { parentNode } = built ?? {};
        const parent =
          parentNode !== null && parentNode !== undefined && 'sourceCodeLocation' in parentNode
            ? parentNode.sourceCodeLocation?.startOffset
            : undefined;
        return [built?.tagName ?? '', parent, built?.sourceCodeLocation?.endOffset];
      };
      for (const block of blocksOf(tree)) expect(placeOf(block)).toEqual([block.name, block.parent?.start, block.end]);
    });
    fc.assert(property, { numRuns: 3_000 });
    expect(read).toBeGreaterThan(500);
  });

  it('keeps its blocks readable when one is moved to another place', () => {
    const property = fc.property(markup, fc.nat(50), fc.nat(50), (inner, one, other) => {
      const source = page(inner);
      const tree = parseSource(source);
      const blocks = blocksOf(tree);
      const [moving, target] = [blocks[one % Math.max(blocks.length, 1)], blocks[other % Math.max(blocks.length, 1)]];
      if (tree.problems.length > 0 || moving === undefined || target === undefined) return;
      if (target.start >= moving.start && target.end <= moving.end) return;
      const after = applyChanges(source, moveElement(source, moving, { beside: target, after: true }));
      expect(after).toHaveLength(source.length);
      expect(parseSource(after).problems).toEqual([]);
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('is code where a paragraph or a point has no end tag, and only there', () => {
    const tree = parseSource(page('<div><p>a<p>b</div><section><h2>c</h2></section><ul><li>d<li>e</ul>'));
    expect(tree.problems).toEqual([]);
    expect(blocksOf(tree).map(({ name }) => name)).toEqual(['div', 'section', 'h2', 'ul']);
  });

  it.each([
    ['<p><div>a</div></p>', '</p>'],
    ['<b><i>a</b></i>', '<i>'],
    ['<a>a<a>b</a></a>', '<a>b'],
    ['<div>a', '<div>'],
    ['<p>a</></p>', '</>'],
    ['<table><p>a</p></table>', '<p>'],
    ['<div><td>a</td></div>', '<td>'],
    ['<h1>a<h2>b</h2></h1>', '<h2>'],
    ['<tc-form />', '<tc-form />'],
    ['<p title="a>b</p>', '"a>b'],
  ])('reports the place of what a browser would read otherwise: %s', (inner, at) => {
    const source = page(inner);
    expect(parseSource(source).problems[0]).toBe(source.indexOf(at, source.indexOf(inner)));
  });
});
