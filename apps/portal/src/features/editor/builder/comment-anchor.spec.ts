import { blocksOf, parseSource, type SourceElement } from '#template-source';
import { anchored, anchorOf } from './comment-anchor';

const inColumn = (...blocks: readonly string[]): string =>
  `<mjml><mj-body><mj-section><mj-column>${blocks.join('')}</mj-column></mj-section></mj-body></mjml>`;
const TITLE = '<mj-text mj-class="h1">{{t "welcome.title"}}</mj-text>';
const INTRO = '<mj-text>{{t "welcome.intro"}}</mj-text>';
const LITERAL = '<mj-text>Hello {{partner.name}}</mj-text>';
const LINE = '<mj-divider border-color="#d0d7e2" />';
const PICTURE = '<mj-image src="images/hero.jpg" alt="A map" />';

const blocks = (source: string): SourceElement[] => blocksOf(parseSource(source));
/** Where a comment on the first block with this markup is shown in another source. */
function shownIn(before: string, markup: string, now: string): string | null {
  const all = blocks(before);
  const [own] = all.filter(({ start, end }) => before.slice(start, end) === markup);
  if (own === undefined) throw new Error('There is no such block.');
  const found = anchored(now, blocks(now), anchorOf(before, all, own, 'Text'));
  return found === null ? null : now.slice(found.start, found.end);
}

describe('a comment on a block', () => {
  const source = inColumn(TITLE, INTRO, LITERAL, LINE, PICTURE);

  it.each([TITLE, INTRO, LITERAL, LINE, PICTURE])('stays at %s while others come, go and move', (markup) => {
    expect(shownIn(source, markup, source)).toBe(markup);
    expect(shownIn(source, markup, inColumn('<mj-spacer />', PICTURE, LINE, LITERAL, INTRO, TITLE))).toBe(markup);
  });

  it.each([
    ['of another look', TITLE, '<mj-text align="center">{{t "welcome.title"}}</mj-text>'],
    ['that partners may edit', INTRO, '<tc-slot name="a" label="A">{{t "welcome.intro"}}</tc-slot>'],
    ['with other words', LITERAL, '<mj-text>Good day {{partner.name}}</mj-text>'],
  ])('stays at a block %s', (_, markup, changed) => {
    expect(shownIn(source, markup, source.replace(markup, changed))).toBe(changed);
  });

  it.each([TITLE, INTRO, LITERAL, LINE, PICTURE])('is at no other block once %s was deleted', (markup) => {
    expect(shownIn(source, markup, source.replace(markup, ''))).toBeNull();
  });

  it('is at the row, not at its copy', () => {
    const row = '<mj-section><mj-column><mj-text>{{t "a.b"}}</mj-text></mj-column></mj-section>';
    const body = (...rows: readonly string[]): string => `<mjml><mj-body>${rows.join('')}</mj-body></mjml>`;
    expect(shownIn(body(row), row, body(row.replace('a.b', 'a.copy-1'), row))).toBe(row);
    expect(shownIn(body(row), row, body(row.replace('a.b', 'a.copy-1')))).toBeNull();
  });
});
