import { isPlaceholder } from '#contracts';
import { attributeOf, blocksOf, canSurround, isLocked, parseSource, type SourceElement } from '#template-source';
import { parse } from 'yaml';
import {
  type Act,
  duplicated,
  type Template,
  moved,
  readText,
  removed,
  sourceOf,
  stepPlace,
  withAttributes,
  withOwnText,
  withText,
} from './acts';
import { lengthOf } from './block-fields';
import {
  branchAround,
  canCopy,
  choosable,
  type ConditionField,
  hideable,
  otherwiseOf,
  unwrapped,
  withCondition,
  withOtherwise,
  withoutOtherwise,
  withoutVariant,
  withVariant,
} from './branch-acts';
import { copyOf, fallbackKeys, otherUses, textInPlace, textsOfBlock } from './email-copy';
import { inboxTexts, withInboxText } from './inbox-texts';
import { hiddenOn, withScreen, withStack } from './screen-acts';
import { variantOf } from './shown-variant';
import { socialLinks, withLink, withNetwork, withoutLink } from './network-acts';
import { locked, unlocked, unlockFault } from './lock-acts';
import { type ActNow, actOnLatest, onLatest } from './on-latest';
import { canExchange, exchangeable, notExchangeable, shapeOf, withHelp } from './picture-acts';
import { paletteNames, withPaletteBlock } from './palette-blocks';

const MAIL = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text mj-class="h1">{{t "welcome.title"}}</mj-text>
        <mj-text>{{t "common.hello"}}</mj-text>
        <mj-button href="{{links.page}}">{{t "welcome.button"}}</mj-button>
      </mj-column>
    </mj-section>
    <tc-lock name="legal"><mj-section><mj-column><mj-text>{{t "legal.a"}} {{partner.name}} {{t "legal.b"}}</mj-text></mj-column></mj-section></tc-lock>
  </mj-body>
</mjml>
`;
const template: Template = {
  kind: 'email',
  key: 'welcome',
  file: 'emails/welcome.mjml',
  locales: ['en', 'de'],
  locale: 'en',
  texts: {
    'emails/welcome.mjml': MAIL,
    'emails/proof.mjml': '<mjml><mj-body>{{t "common.hello"}}</mj-body></mjml>',
    'locales/en.yaml': `common: { hello: 'Hello,' }\nwelcome:\n  title: 'Stop it' # short\n  button: 'See it'\nlegal:\n  a: 'From'\n  b: 'only.'\n`,
    'locales/de.yaml': `common: { hello: 'Hallo,' }\nwelcome:\n  title: 'Halt'\n  button: 'Ansehen'\nlegal:\n  a: 'Von'\n  b: 'nur.'\n`,
  },
};

const after = (act: Act | null): Template => ({ ...template, texts: { ...template.texts, ...act?.texts } });
const blocks = (of: Template): SourceElement[] => blocksOf(parseSource(sourceOf(of)));
const block = (name: string, of = template): SourceElement => {
  const found = blocks(of).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};
const copy = (of: Template, locale: string) =>
  parse(of.texts[`locales/${locale}.yaml`] ?? '') as Record<string, unknown>;

describe('acts of the e-mail builder', () => {
  it('insert a block of the palette where it was dropped, whatever is selected', () => {
    const place = { beside: block('mj-text'), after: false };
    const dropped = after(withPaletteBlock(template, 'divider', place, []));
    expect(
      blocks(dropped)
        .map(({ name }) => name)
        .slice(0, 4),
    ).toEqual(['mj-section', 'mj-column', 'mj-divider', 'mj-text']);
    const row = after(withPaletteBlock(template, 'columns2', { beside: block('mj-section'), after: false }, []));
    expect(blocks(row)[0]?.children.map(({ name }) => name)).toEqual(['mj-column', 'mj-column']);
  });

  it('write a text into the catalogue of the shown language only', () => {
    const text = textInPlace(MAIL, block('mj-text'));
    if (text === null) throw new Error('It is one text.');
    const act = withText(template, block('mj-text'), text, 'Stop it <b>now</b>');
    expect(Object.keys(act.texts)).toEqual(['locales/en.yaml']);
    expect(act.texts['locales/en.yaml']).toBe(
      template.texts['locales/en.yaml']?.replace("'Stop it'", "'Stop it <b>now</b>'"),
    );
    expect(readText(after(act), block('mj-text'), text)).toBe('Stop it <b>now</b>');
  });

  it('say where else a text is, and give this e-mail its own', () => {
    expect(otherUses(template.texts, template.file, 'common.hello')).toEqual(['emails/proof.mjml']);
    const greeting = blocks(template).filter(({ name }) => name === 'mj-text')[1];
    if (greeting === undefined) throw new Error('There is a greeting.');
    const own = after(withOwnText(template, greeting, 'common.hello'));
    expect(sourceOf(own)).toBe(MAIL.replace('common.hello', 'welcome.own-1'));
    expect(copy(own, 'de')['welcome']).toMatchObject({ 'own-1': 'Hallo,' });
    expect(copy(own, 'de')['common']).toEqual({ hello: 'Hallo,' });
  });

  it('have one text in place, and several of a footer one by one', () => {
    const footer = blocks(template).findLast(({ name }) => name === 'mj-text');
    if (footer === undefined) throw new Error('There is a footer.');
    expect(textInPlace(MAIL, footer)).toBeNull();
    expect(textsOfBlock(MAIL, footer)).toEqual([
      { kind: 'copy', key: 'legal.a' },
      { kind: 'copy', key: 'legal.b' },
    ]);
  });

  it('move a block by a step and back, and select it', () => {
    const button = block('mj-button');
    const place = stepPlace(MAIL, button, 'up');
    if (place === null) throw new Error('It can move.');
    const up = moved(template, button, place);
    expect(blocks(after(up))[up?.select ?? -1]?.name).toBe('mj-button');
    const again = block('mj-button', after(up));
    const back = stepPlace(sourceOf(after(up)), again, 'down');
    if (back === null) throw new Error('It can move back.');
    expect(moved(after(up), again, back)?.texts[template.file]).toBe(MAIL);
    expect(stepPlace(MAIL, block('mj-section'), 'up')).toBeNull();
  });

  it('give a copy its own texts and its lock another name', () => {
    const copied = after(duplicated(template, block('mj-button')));
    expect(sourceOf(copied)).toContain('{{t "welcome.copy-1"}}');
    expect(copy(copied, 'de')['welcome']).toMatchObject({ button: 'Ansehen', 'copy-1': 'Ansehen' });
    const twice = sourceOf(after(duplicated(template, block('tc-lock'))));
    expect(twice.match(/tc-lock name="[^"]*"/g)).toEqual(['tc-lock name="legal"', 'tc-lock name="legal-2"']);
  });

  it('remove a row with its last column', () => {
    const act = removed(template, block('mj-column'));
    expect(sourceOf(after(act))).not.toContain('welcome.title');
    expect(block('tc-lock', after(act)).name).toBe('tc-lock');
  });

  it('set and remove attributes of one block only', () => {
    const act = withAttributes(template, block('mj-button'), { align: 'center', href: null });
    expect(sourceOf(after(act))).toBe(MAIL.replace(' href="{{links.page}}"', ' align="center"'));
  });

  it('open a text for partners and lock it again byte for byte', () => {
    const title = block('mj-text');
    expect(unlockFault(template, title)).toBeNull();
    const open = after(unlocked(template, title));
    expect(sourceOf(open)).toContain(
      '<tc-slot mj-class="h1" name="welcome-1" label="{{t "slots.welcome-1"}}" max-chars="280" max-lines="6" format="inline">{{t "welcome.title"}}</tc-slot>',
    );
    expect(copy(open, 'de')['slots']).toEqual({ 'welcome-1': 'Ihr Angebot' });
    expect(locked(open, block('tc-slot', open))?.texts[template.file]).toBe(MAIL);
    const footer = blocks(template).findLast(({ name }) => name === 'mj-text');
    if (footer !== undefined) expect(unlockFault(template, footer)).toBe('notText');
  });

  it('open the label and link of a button for partners, and lock it again byte for byte', () => {
    const open = after(unlocked(template, block('mj-button')));
    expect(sourceOf(open)).toContain(
      '<tc-button href="{{links.page}}" name="welcome-1" label="{{t "slots.welcome-1"}}" max-chars="40">{{t "welcome.button"}}</tc-button>',
    );
    const linked = after(withAttributes(open, block('tc-button', open), { links: 'partner' }));
    expect(locked(linked, block('tc-button', linked))?.texts[template.file]).toBe(MAIL);
  });

  it('let partners show their own picture, with limits and help, and lock it again byte for byte', () => {
    const picture = '<mj-image src="images/hero.jpg" alt="A map" />';
    const withImage = {
      ...template,
      texts: { ...template.texts, [template.file]: MAIL.replace('<mj-button', `${picture}<mj-button`) },
    };
    const act = exchangeable(withImage, block('mj-image', withImage), '3:2');
    const open = after(act);
    expect(sourceOf(open)).toContain(
      '<tc-picture src="images/hero.jpg" alt="A map" name="welcome-1" label="{{t "slots.welcome-1"}}" ratio="3:2" />',
    );
    expect(blocks(open)[act.select ?? -1]?.name).toBe('tc-picture');
    expect(copy(open, 'de')['slots']).toEqual({ 'welcome-1': 'Ihr Bild' });
    const helped = {
      ...open,
      texts: { ...open.texts, ...withHelp(open, block('tc-picture', open), 'Your team').texts },
    };
    expect(copy(helped, 'en')['slots']).toEqual({ 'welcome-1': 'Your picture', 'welcome-2': 'Your team' });
    expect(isPlaceholder(String((copy(helped, 'de')['slots'] as Record<string, string>)['welcome-2']))).toBe(true);
    expect(notExchangeable(helped, block('tc-picture', helped)).texts[template.file]).toBe(sourceOf(withImage));
    const legal = blocks(template).findLast(({ name }) => name === 'mj-text');
    expect([legal, block('mj-text')].map((one) => one !== undefined && canExchange(one))).toEqual([false, true]);
    expect([shapeOf(1200, 800), shapeOf(799, 801), shapeOf(6000, 10)]).toEqual(['3:2', '799:801', null]);
  });

  it('let partners hide a block or a row, and take that back byte for byte', () => {
    for (const name of ['mj-text', 'mj-section']) {
      const hidden = after(hideable(template, block(name)));
      expect(parseSource(sourceOf(hidden)).problems).toEqual([]);
      expect(sourceOf(hidden)).toContain('<tc-optional name="welcome-1" label="{{t "slots.welcome-1"}}">');
      expect(isPlaceholder(copyOf(hidden.texts, 'de').get('slots.welcome-1') ?? '')).toBe(true);
      expect(sourceOf(after(unwrapped(hidden, block('tc-optional', hidden))))).toBe(MAIL);
    }
    // A required part must stay.
    expect(canSurround('tc-optional', block('tc-lock'))).toBe(false);
    expect(canSurround('tc-optional', block('mj-column'))).toBe(false);
    const inLock = blocks(template).filter((one) => one.name === 'mj-text' && isLocked(one));
    const isOffered = (name: 'tc-when' | 'tc-choice' | 'tc-optional') => inLock.map((one) => canSurround(name, one));
    expect([isOffered('tc-choice'), isOffered('tc-optional')]).toEqual([[false], [false]]);
  });

  it('let partners choose between a block and its copy, which has texts of its own', () => {
    const act = choosable(template, block('mj-button'));
    const made = after(act);
    const options = blocks(made).filter(({ name }) => name === 'tc-option');
    expect(options.map((one) => attributeOf(sourceOf(made), one, 'name'))).toEqual(['a', 'b']);
    const buttons = blocks(made).filter(({ name }) => name === 'mj-button');
    expect(buttons.map((one) => readText(made, one, { kind: 'source' }))).toEqual([
      '{{t "welcome.button"}}',
      expect.stringMatching(/^\{\{t "welcome\.copy-\d"\}\}$/),
    ]);
    const third = after(withVariant(made, options[1] ?? block('tc-option', made)));
    expect(blocks({ ...made, ...third }).filter(({ name }) => name === 'tc-option')).toHaveLength(3);
    const second = options[1] ?? block('tc-option', made);
    expect(sourceOf({ ...made, texts: { ...made.texts, ...withoutVariant(made, second).texts } })).toBe(MAIL);
    expect(sourceOf({ ...made, texts: { ...made.texts, ...unwrapped(made, block('tc-choice', made)).texts } })).toBe(
      MAIL,
    );
  });

  it('show a row to some recipients only, and to all again byte for byte', () => {
    const rowOf = (of: Template) => block('mj-section', of);
    const one = after(withCondition(template, rowOf(template), 'industry', ['finance', ' insurance ']));
    expect(sourceOf(one)).toContain('    <tc-when industry="finance|insurance">\n    <mj-section>');
    const next = (of: Template, ...[field, values]: [ConditionField, string[]]): Template => ({
      ...of,
      texts: { ...of.texts, ...withCondition(of, rowOf(of), field, values)?.texts },
    });
    const two = next(one, 'language', ['de']);
    expect(sourceOf(two)).toContain('<tc-when industry="finance|insurance" language="de">');
    expect(variantOf(sourceOf(two), block('mj-text', two))).toEqual({
      recipient: { industry: 'finance' },
      choices: {},
    });
    expect(sourceOf(next(next(two, 'industry', []), 'language', []))).toBe(MAIL);
  });

  it('give all others a copy with texts of its own, and take it away byte for byte', () => {
    for (const name of ['mj-text', 'mj-section']) {
      const met = after(withCondition(template, block(name), 'industry', ['finance']));
      const when = block('tc-when', met);
      expect([otherwiseOf(when), canCopy(when)]).toEqual([null, true]);
      const act = withOtherwise(met, when);
      const both = after(act);
      const copied = block('tc-else', both);
      expect(block('tc-when', both).children.map((child) => child.name)).toEqual([name, 'tc-else']);
      expect(copied.children.map((child) => child.name)).toEqual([name]);
      expect(blocks(both)[act?.select ?? -1]?.start).toBe(copied.children[0]?.start);
      expect(sourceOf(both)).toContain('welcome.copy-1');
      expect(copy(both, 'de')['welcome']).toMatchObject({ 'copy-1': 'Halt' });
      // The canvas shows a recipient of each variant.
      const shownTo = (one: SourceElement | undefined) => variantOf(sourceOf(both), one ?? null).recipient.industry;
      expect([shownTo(block('tc-when', both).children[0]), shownTo(copied.children[0])]).toEqual(['finance', '–']);
      expect(branchAround(copied.children[0] ?? copied, 'tc-when')?.start).toBe(when.start);
      expect(withOtherwise(both, block('tc-when', both))).toBeNull();
      const without = withoutOtherwise(both, copied);
      expect(without.texts[template.file]).toBe(sourceOf(met));
      expect(unwrapped(both, block('tc-when', both)).texts[template.file]).toBe(MAIL);
    }
  });

  it('add, change and remove links to networks one by one', () => {
    const made = after(withPaletteBlock(template, 'socialLinks', block('mj-button'), []));
    const links = () => block('mj-social', made);
    expect(socialLinks(sourceOf(made), links()).map(({ network }) => network)).toEqual(['linkedin', 'youtube']);
    const more = { ...made, texts: { ...made.texts, ...withNetwork(made, links(), 'xing').texts } };
    expect(socialLinks(sourceOf(more), block('mj-social', more)).map(({ network }) => network)).toEqual([
      'linkedin',
      'youtube',
      'xing',
    ]);
    const [, , added] = socialLinks(sourceOf(more), block('mj-social', more));
    if (added === undefined) throw new Error('It has three links.');
    const linked = withLink(more, block('mj-social', more), added, '{{links.page}}').texts[template.file];
    expect(linked).toContain('name="xing-noshare" src="images/network-xing.png" alt="XING" href="{{links.page}}"');
    expect(withoutLink(more, block('mj-social', more), added).texts[template.file]).toBe(sourceOf(made));
  });

  it('hide a block on phones, and keep columns side by side, and take both back byte for byte', () => {
    const hidden = after(withScreen(template, block('mj-text'), 'hide-on-phone'));
    expect(sourceOf(hidden)).toContain('<mj-text mj-class="h1" css-class="hide-on-phone">');
    expect(hiddenOn(sourceOf(hidden), block('mj-text', hidden))).toBe('hide-on-phone');
    expect(sourceOf(after(withScreen(hidden, block('mj-text', hidden), null)))).toBe(MAIL);
    const row = after(withPaletteBlock(template, 'columns2', { beside: block('mj-section'), after: false }, []));
    const beside = { ...row, texts: { ...row.texts, ...withStack(row, block('mj-section', row), false)?.texts } };
    expect(blocks(beside)[1]?.children.map(({ name }) => name)).toEqual(['mj-column', 'mj-column']);
    expect(withStack(beside, block('mj-section', beside), true)?.texts[template.file]).toBe(sourceOf(row));
  });

  it('are mapped onto what was changed since they were made, unless it is the same place', () => {
    const button = withAttributes(template, block('mj-button'), { align: 'left' });
    const now = after(withAttributes(template, block('mj-section'), { padding: '0' })).texts;
    const [text = ''] = Object.values(onLatest(button.texts, template.texts, now) ?? {});
    expect([text.includes('align="left"'), text.includes('<mj-section padding="0">')]).toEqual([true, true]);
    const gone = after(removed(template, block('mj-button'))).texts;
    expect(onLatest(button.texts, template.texts, gone)).toBeNull();
  });

  it('on attributes are done on the latest block, however late the pane is', () => {
    const shown = { template, blocks: blocks(template) };
    const selected = shown.blocks.findIndex(({ name }) => name === 'mj-button');
    const coloured = after(withAttributes(template, block('mj-button'), { color: '#fff' }));
    const now = { template: coloured, blocks: blocks(coloured) };
    const hide: ActNow = (latest, at) => withScreen(latest, at, 'hide-on-phone');
    expect(actOnLatest(hide, selected, shown, now)).toMatchObject({
      texts: { [template.file]: expect.stringContaining('color="#fff" css-class="hide-on-phone"') },
    });
    const gone = after(removed(template, block('mj-button')));
    expect(actOnLatest(hide, selected, shown, { template: gone, blocks: blocks(gone) })).toBe('changed');
    expect(actOnLatest(null, selected, shown, now)).toBeNull();
  });

  it.each(paletteNames('email'))('insert %s with placeholders in each language, where it can stand', (name) => {
    for (const selected of [null, block('mj-button'), block('mj-section'), block('tc-lock')]) {
      const act = withPaletteBlock(template, name, selected, ['images/a.png']);
      const made = after(act);
      expect(parseSource(sourceOf(made)).problems).toEqual([]);
      expect(blocks(made).length).toBeGreaterThan(blocks(template).length);
      expect(act?.select).not.toBeNull();
      for (const locale of template.locales) {
        const before = JSON.stringify(copy(template, locale));
        const texts = Object.entries(copy(made, locale)['welcome'] ?? {}).filter(
          ([key, text]) => !before.includes(`"${key}":${JSON.stringify(text)}`),
        );
        const written = sourceOf(made).length - MAIL.length;
        expect(written).toBeGreaterThan(0);
        const asked = texts.filter(([key]) => !/^(?:label|sent|by|unsubscribe)-/.test(key));
        expect(asked.every(([, text]) => isPlaceholder(String(text)))).toBe(true);
      }
    }
  });

  it('find the text that stands in for an unknown field', () => {
    const source = MAIL.replace(
      '{{t "common.hello"}}',
      '{{fallback recipient.greeting (t "common.hello")}}{{t "welcome.title"}}',
    );
    const block = blocksOf(parseSource(source)).filter(({ name }) => name === 'mj-text')[1];
    if (block === undefined) throw new Error('It has a second text.');
    expect([textsOfBlock(source, block), fallbackKeys(source, block)]).toEqual([
      [{ kind: 'copy', key: 'welcome.title' }],
      ['common.hello'],
    ]);
  });

  it('write the subject in the shown language, and keep the selected block', () => {
    const campaign = 'emails: { welcome: { source: emails/welcome.mjml, subject: welcome.title, preheader: none } }\n';
    const mail = { ...template, texts: { ...template.texts, 'campaign.yaml': campaign } };
    const [subject, preheader] = inboxTexts(mail);
    if (subject === undefined) throw new Error('It has a subject.');
    expect([subject.field, subject.text, preheader?.text]).toEqual(['subject', 'Stop it', '']);
    const act = withInboxText(mail, subject, 'Stop them & all', 2);
    expect([act.select, Object.keys(act.texts)]).toEqual([2, ['locales/en.yaml']]);
    expect(copyOf({ ...mail.texts, ...act.texts }, 'en').get('welcome.title')).toBe('Stop them & all');
    expect(inboxTexts({ ...mail, kind: 'page', key: 'landing' })).toEqual([]);
  });

  it('take lengths in pixels and per cent', () => {
    expect([lengthOf('16 32'), lengthOf('50%'), lengthOf('8px 0'), lengthOf('big'), lengthOf('1 2 3 4 5')]).toEqual([
      '16px 32px',
      '50%',
      '8px 0px',
      null,
      null,
    ]);
  });
});
