import { BLOCK_NUMBER, blockClass, blocksOf, parseSource } from '#template-source';
import { anEmail, aRecipient, partnerValues, POLICY } from './email.fixture.js';
import { bake, compileForCanvas, compileMaster, type Master, type MasterInput, personalise } from './index.js';

const masterOf = async (compile: typeof compileMaster, input: MasterInput): Promise<Master> => {
  const compiled = await compile(input);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems, null, 1));
  return compiled.master;
};
/** As a contact in the finance industry gets it. */
const htmlOf = (master: Master): string => {
  const baked = bake(master, partnerValues(), POLICY);
  if (!baked.ok) throw new Error(JSON.stringify(baked.problems));
  const personal = personalise(baked.baked, { ...aRecipient(), industry: 'finance' }, POLICY);
  if (!personal.ok) throw new Error(JSON.stringify(personal.problems));
  return personal.message.html;
};
const live = (html: string): string => html.replaceAll(/<!--\[if[^]*?<!\[endif\]-->/g, '');
const withoutNumbers = (html: string): string =>
  html
    .replaceAll(/ ?tc-block-\d+(?:-outlook)?/g, '')
    .replaceAll(/ class="\s*"/g, '')
    .replaceAll(/class="\s*([^"]*?)\s*"/g, 'class="$1"');

describe('an e-mail for the canvas', () => {
  it('has each block once, and is otherwise the e-mail that is sent', async () => {
    const input = anEmail();
    const canvas = htmlOf(await masterOf(compileForCanvas, input));
    for (const [number, { name }] of blocksOf(parseSource(input.source)).entries()) {
      const found = live(canvas).split(new RegExp(`[" ]${blockClass(number)}[" ]`)).length - 1;
      expect([name, found]).toEqual([name, name === 'tc-when' || name === 'tc-lock' ? 0 : 1]);
    }
    const sent = htmlOf(await masterOf(compileMaster, input));
    // Names of fields in the program depend on the source.
    expect(withoutNumbers(canvas)).toBe(withoutNumbers(sent));
    expect(sent).not.toContain(BLOCK_NUMBER);
  });

  it('is shown in spite of mistakes, which prevent a publication', async () => {
    const source = anEmail()
      .source.replace('alt="Northwind"', '')
      .replace('{{t "cta"}}', '{{t "nothing"}}')
      .replace('<tc-lock name="legal">', '<tc-lock name="other">');
    expect((await compileMaster(anEmail({ source }))).ok).toBe(false);
    expect(htmlOf(await masterOf(compileForCanvas, anEmail({ source })))).toContain('For banks only');
  });
});
