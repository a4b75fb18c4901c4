import { BLOCK_NUMBER, blockClass, blocksOf, parseSource } from '#template-source';
import { anEmail, aRecipient, partnerValues, POLICY } from './email.fixture.js';
import {
  bake,
  compileForCanvas,
  compileMaster,
  type FormRule,
  type Master,
  type MasterInput,
  personalise,
} from './index.js';

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

describe('a page for the canvas', () => {
  const page = (source: string): MasterInput =>
    anEmail({ kind: 'page', file: 'pages/landing.html', source, requiredLocks: [], preheader: '', form: FORM });

  it('has each block once, and is otherwise the page that is published', async () => {
    const input = page(PAGE);
    const canvas = htmlOf(await masterOf(compileForCanvas, input));
    for (const [number, { name }] of blocksOf(parseSource(PAGE)).entries()) {
      const found = canvas.split(new RegExp(`[" ]${blockClass(number)}[" ]`)).length - 1;
      // A condition and a lock write nothing, and one of two variants is shown.
      const isShown = !/^tc-(?:when|lock|choice|option)$/.test(name) && number !== HIDDEN;
      expect([number, name, found]).toEqual([number, name, isShown ? 1 : 0]);
    }
    const published = htmlOf(await masterOf(compileMaster, input));
    expect(withoutNumbers(canvas)).toBe(withoutNumbers(published));
    expect(published).not.toContain(BLOCK_NUMBER);
  });

  it('is shown in spite of pasted scripts, foreign pictures and unknown tags, without their blocks', async () => {
    const bad =
      '<script>alert(1)</script><blink>x</blink><p onclick="a()">Text</p><img src="https://x.example/a.png"><custom-tag></custom-tag>';
    const source = PAGE.replace('</body>', `${bad}</body>`);
    expect((await compileMaster(page(source))).ok).toBe(false);
    expect(htmlOf(await masterOf(compileForCanvas, page(source)))).toContain('For banks');
  });
});

const FORM = {
  fields: ['email'],
  required: ['email'],
  labels: { email: 'E-mail' } as FormRule['labels'],
  submit: 'Send',
  consent: 'Yes',
} satisfies FormRule;
const PAGE = `<!doctype html><html><head><style>p { margin: 0 }</style></head><body>
  <header class="bar"><img src="images/logo.png" alt="Northwind"><tc-partner-logo width="180" height="60"></tc-partner-logo></header>
  <main>
    <h1>{{t "hello"}}</h1><ul><li>One <b>two</b></li></ul><hr>
    <tc-when industry="finance"><p class="only">For banks</p></tc-when>
    <tc-choice name="proof" label="Proof"><tc-option name="a" label="A"><p>One</p></tc-option><tc-option name="b" label="B"><p>Two</p></tc-option></tc-choice>
    <tc-slot name="offer" label="Offer">Words</tc-slot><tc-button name="cta" label="Button" href="{{links.demo}}">Go</tc-button>
    <div><tc-form></tc-form></div>
  </main>
  <tc-lock name="legal"><footer><p>{{t "legal"}}</p></footer></tc-lock>
</body></html>`;
/** The second variant. */
const HIDDEN = blocksOf(parseSource(PAGE)).findIndex(({ start }) => PAGE.startsWith('<p>Two', start));
