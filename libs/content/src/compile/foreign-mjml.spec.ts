import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeSet, Text } from '@codemirror/state';
import { applyChanges, blocksOf, contentOf, parseSource, setContent, type SourceElement } from '#template-source';
import { packageRoot } from '#kernel';
import { campaignFiles } from '../package/package.fixture.js';
import { compileForCanvas } from './compile-package.js';

/**
 * Files of others that are not in the repository, such as the public templates
 * of github.com/mjmlio/email-templates (MIT). Those in this folder are tested, too.
 */
const FOLDER = join(packageRoot(), 'test-output/mjml');

/** Elements that none of our templates has, in a style that is not ours. */
const OTHER_STYLE = `<mjml>\r
\t<mj-head>\r
    <mj-title>Discount</mj-title><mj-preview>Now</mj-preview><mj-font name="Lato" href="https://fonts.example/lato.css"></mj-font>\r
\t\t<mj-attributes><mj-all font-family='Lato, sans-serif' /><mj-class name="big" font-size=20px></mj-class></mj-attributes>\r
    <mj-style inline="inline">.a > td { color: red } /* <mj-text> */</mj-style>\r
  </mj-head>\r
<!-- header -->\r
<mj-body background-color="#F4F4F4">\r
  <mj-raw><!-- raw: <b>not</b> ours --></mj-raw>\r
  <mj-hero mode="fixed-height" height="240px" background-color="#2a3448"><mj-text color="#fff"   >Hero &amp; more<br/>&nbsp;</mj-text></mj-hero>\r
  <mj-wrapper padding="0"><mj-section full-width="full-width"><mj-group>\r
      <mj-column width="50%"><mj-text mj-class="big"><p style='margin:0'>One <a href='https://a.example/?a=1&b=2'>link</a></p></mj-text></mj-column>\r
      <mj-column width="50%"><mj-table><tr><th>A</th><td>1</td></tr></mj-table></mj-column>\r
  </mj-group></mj-section></mj-wrapper>\r
  <mj-section><mj-column>\r
      <mj-accordion><mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title><mj-accordion-text>So.</mj-accordion-text></mj-accordion-element></mj-accordion>\r
      <mj-divider border-width="1px"/><mj-spacer height="10px"  /><mj-button>Go</mj-button>\r
  </mj-column></mj-section>\r
</mj-body>\r
</mjml>\r
`;

const files: readonly (readonly [string, string])[] = [
  ['another style', OTHER_STYLE],
  ...(!existsSync(FOLDER)
    ? []
    : readdirSync(FOLDER)
        .filter((name) => name.endsWith('.mjml'))
        .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const)),
];

const withChanges = (source: string, changes: Parameters<typeof applyChanges>[1]): string =>
  ChangeSet.of([...changes], source.length, '\n')
    .apply(Text.of(source.split('\n')))
    .sliceString(0, undefined, '\n');

describe.each(files)('MJML of others: %s', (_, source) => {
  const tree = parseSource(source);
  const blocks = blocksOf(tree);

  it('opens with all its blocks, and is saved with the same bytes', () => {
    expect(tree.problems).toEqual([]);
    expect(blocks.length).toBeGreaterThan(3);
    expect(withChanges(source, [])).toBe(source);
  });

  it('is changed in the bytes of one text only, and the same again after that text is back', () => {
    const texts = blocks.filter(({ name }) => name === 'mj-text');
    expect(texts.length).toBeGreaterThan(0);
    for (const block of texts) {
      const after = withChanges(source, setContent(block, 'Ours'));
      expect([after.slice(0, block.openEnd), after.slice(block.openEnd + 4)]).toEqual([
        source.slice(0, block.openEnd),
        source.slice(block.closeStart),
      ]);
      const [again] = blocksOf(parseSource(after)).filter(({ start }: SourceElement) => start === block.start);
      if (again === undefined) throw new Error('The block is where it was.');
      expect(withChanges(after, setContent(again, contentOf(source, block)))).toBe(source);
    }
  });

  it('is shown on the canvas', async () => {
    const files = campaignFiles({ 'emails/welcome.mjml': source });
    const choice = { kind: 'email', key: 'welcome', locale: 'en' } as const;
    const shown = await compileForCanvas({ files }, choice, async () => '0'.repeat(64));
    const [master] = Object.values(shown?.emails[0]?.masters ?? {});
    expect(master?.html.length).toBeGreaterThan(0);
  });
});
