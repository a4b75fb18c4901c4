import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { blocksOf, pageBlockKind, parseSource, type SourceElement } from '#template-source';
import {
  type Act,
  type Template,
  moved,
  readAttribute,
  readText,
  removed,
  sourceOf,
  stepPlace,
  withAttributes,
  withOwnText,
  withStyles,
  withText,
} from './acts';
import { choosable, hideable, unwrapped, withCondition } from './branch-acts';
import { fieldsOf } from './block-fields';
import { otherUses, textHolder, textInPlace } from './email-copy';
import { formOf, withConfirmation, withFields, withFormText } from './form-acts';
import { isOpened, locked, unlocked, unlockFault } from './lock-acts';
import { exchangeable, notExchangeable } from './picture-acts';
import { paletteNames, setUpForm, withNextStep, withPaletteBlock } from './palette-blocks';

const SHIPPED = join(import.meta.dirname, '../../../../../../templates/zero-trust-edge');
const shipped = (path: string): string => readFileSync(join(SHIPPED, path), 'utf8');
const PAGE = shipped('pages/landing.html');
const CAMPAIGN = shipped('campaign.yaml');
const page: Template = {
  kind: 'page',
  key: 'landing',
  file: 'pages/landing.html',
  locales: ['en', 'de'],
  locale: 'en',
  texts: {
    'campaign.yaml': CAMPAIGN,
    'pages/landing.html': PAGE,
    'emails/welcome.mjml': shipped('emails/welcome.mjml'),
    'locales/en.yaml': shipped('locales/en.yaml'),
    'locales/de.yaml': shipped('locales/de.yaml'),
  },
};

const after = (act: Act | null, of = page): Template => ({ ...of, texts: { ...of.texts, ...act?.texts } });
const blocks = (of: Template): SourceElement[] => blocksOf(parseSource(sourceOf(of)));
const block = (name: string, of = page, at = 0): SourceElement => {
  const found = blocks(of).filter((one) => one.name === name)[at];
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};
const kinds = (of: Template): string[] => blocks(of).map((one) => pageBlockKind(sourceOf(of), one));
const withSource = (source: string): Template => ({ ...page, texts: { ...page.texts, [page.file]: source } });
/** Lines that only one of two texts has. */
const changedLines = (before: string, now: string): string[] => {
  const [old, lines] = [before.split('\n'), now.split('\n')];
  return [...old.filter((line) => !lines.includes(line)), ...lines.filter((line) => !old.includes(line))];
};

describe('acts of the builder on a page', () => {
  it('know the blocks of a shipped page', () => {
    expect(kinds(page).join(' ')).toBe(
      'section section image logo section section section heading text section section image heading list ' +
        'item item item section heading slot section heading form lock section section text text text',
    );
  });

  it('change a text in the shown language, and say where else it is', () => {
    const heading = block('h1');
    const text = textInPlace(PAGE, heading);
    if (text?.kind !== 'copy') throw new Error('It is one text of the catalogues.');
    const act = withText(page, heading, text, 'Stop it & now');
    expect(Object.keys(act.texts)).toEqual(['locales/en.yaml']);
    expect(readText(after(act), heading, text)).toBe('Stop it & now');
    const shared = { ...page.texts, 'emails/proof.mjml': '<mjml><mj-body>{{t "offer.title"}}</mj-body></mjml>' };
    expect(otherUses(shared, page.file, 'offer.title')).toEqual(['emails/proof.mjml']);
    const title = block('h2', page, 1);
    const own = after(withOwnText(page, title, 'offer.title'));
    expect(sourceOf(own)).toBe(PAGE.replace('{{t "offer.title"}}', '{{t "landing.own-1"}}'));
  });

  it('set styles, links and pictures in the bytes of their attribute only', () => {
    const once = withStyles(page, block('h1'), { 'text-align': 'center', color: '{{brand.onPrimary}}' });
    expect(sourceOf(after(once))).toBe(
      PAGE.replace('<h1>', '<h1 style="text-align: center; color: {{brand.onPrimary}}">'),
    );
    const styled = after(once);
    const less = withStyles(styled, block('h1', styled), { 'text-align': null });
    expect(sourceOf(after(less, styled))).toBe(PAGE.replace('<h1>', '<h1 style="color: {{brand.onPrimary}}">'));
    const none = withStyles(styled, block('h1', styled), { 'text-align': null, color: null });
    expect(sourceOf(after(none, styled))).toBe(PAGE);
    const hero = block('img', page, 1);
    expect(sourceOf(after(withAttributes(page, hero, { src: 'images/a.png' })))).toBe(
      PAGE.replace('images/hero.jpg', 'images/a.png'),
    );
    expect(readAttribute(page, hero, 'alt')).toContain('Abstract picture');
  });

  it('move content to every place by steps, and back', () => {
    const source = '<body><main>\n<p>a</p>\n<div>\n<p>b</p>\n</div>\n<section></section>\n</main></body>';
    const seen: string[] = [];
    let now = withSource(source);
    for (const step of ['down', 'down', 'down', 'down', 'up', 'up', 'up', 'up'] as const) {
      const first = blocks(now).find(({ start, end }) => sourceOf(now).slice(start, end) === '<p>a</p>');
      const place = first === undefined ? null : stepPlace(sourceOf(now), first, step);
      if (first === undefined || place === null) throw new Error('It can move.');
      now = after(moved(now, first, place), now);
      seen.push(sourceOf(now).replaceAll(/\n|<\/?(?:body|main)>/g, ''));
    }
    const [into, behind, out, last] = seen;
    expect(into).toBe('<div><p>a</p><p>b</p></div><section></section>');
    expect(behind).toBe('<div><p>b</p><p>a</p></div><section></section>');
    expect(out).toBe('<div><p>b</p></div><p>a</p><section></section>');
    expect(last).toBe('<div><p>b</p></div><section><p>a</p></section>');
    expect(sourceOf(now)).toBe(source);
  });

  it('remove a list with its last item, and a row with its last column', () => {
    const list = withSource('<body><p>a</p><ul><li>b</li></ul></body>');
    expect(sourceOf(after(removed(list, block('li', list)), list))).toBe('<body><p>a</p></body>');
    const row = withSource('<body><p>a</p><section style="gap:1px;display:flex"><div></div></section></body>');
    expect(sourceOf(after(removed(row, block('div', row)), row))).toBe('<body><p>a</p></body>');
  });

  it.each(paletteNames('page'))('insert %s with placeholders in each language, where it can stand', (name) => {
    const without = name === 'form' ? withSource(PAGE.replace('<tc-form></tc-form>', '')) : page;
    for (const selected of [null, block('h1', without), block('li', without), block('main', without)]) {
      const act = withPaletteBlock(without, name, selected, ['images/a.png']);
      const made = after(act, without);
      const tree = parseSource(sourceOf(made));
      expect(tree.problems).toEqual([]);
      const added = blocks(made)[act?.select ?? -1];
      if (added === undefined) throw new Error('The new block is selected.');
      // Its own bytes are all that is new, and each new block can be edited.
      const [line] = [sourceOf(made).slice(added.start, added.end)];
      expect(sourceOf(made).replace(line, '').replaceAll(/\s/g, '')).toBe(sourceOf(without).replaceAll(/\s/g, ''));
      const inner = blocks(made).filter(({ start, end }) => start >= added.start && end <= added.end);
      expect(inner.map((one) => pageBlockKind(sourceOf(made), one))).not.toContain('code');
      for (const locale of page.locales)
        for (const [, key = ''] of line.matchAll(/\{\{t "([^"]*)"\}\}/g)) {
          const texts = parse(made.texts[`locales/${locale}.yaml`] ?? '') as Record<string, Record<string, string>>;
          expect(texts['landing']?.[key.replace('landing.', '')]).toBeTruthy();
        }
    }
  });

  it('offer fields for each kind of block', () => {
    for (const one of blocks(page))
      if (!['lock', 'form'].includes(pageBlockKind(PAGE, one))) expect(fieldsOf(PAGE, one).length).toBeGreaterThan(0);
  });

  it('let partners edit a text within its element, and lock it again', () => {
    const heading = block('h1');
    expect([isOpened(PAGE, heading), unlockFault(page, heading)]).toEqual([false, null]);
    const opened = after(unlocked(page, heading));
    const now = block('h1', opened);
    expect(sourceOf(opened).slice(now.start, now.end)).toBe(
      '<h1><tc-slot name="landing-1" label="{{t "slots.landing-1"}}" max-chars="280" max-lines="6" format="inline">{{t "landing.title"}}</tc-slot></h1>',
    );
    expect(isOpened(sourceOf(opened), now)).toBe(true);
    expect(textInPlace(sourceOf(opened), now)).toEqual({ kind: 'copy', key: 'landing.title' });
    const shorter = withAttributes(opened, textHolder(now), { 'max-chars': '60' });
    expect(sourceOf(after(shorter, opened))).toContain('max-chars="60"');
    expect(shorter.select).toBe(blocks(opened).findIndex(({ name }) => name === 'h1'));
    expect(sourceOf(after(locked(opened, now), opened))).toBe(PAGE);
    // A slot that is a block, and a button.
    const offer = block('tc-slot');
    expect(sourceOf(after(locked(page, offer)))).toContain('<div>{{t "suggested.page-offer"}}</div>');
    const link = withSource('<body><a href="{{links.demo}}" style="color:red">Go</a></body>');
    const button = after(unlocked(link, block('a', link)), link);
    expect(sourceOf(button)).toMatch(/^<body><tc-button href="\{\{links\.demo\}\}" style="color:red" name="landing-1"/);
    expect(sourceOf(after(locked(button, block('tc-button', button)), button))).toBe(sourceOf(link));
  });

  it.each(['<img src="images/hero.jpg" alt="A map" style="width:100%">', '<img alt="" src="images/hero.jpg"/>'])(
    'let partners show their own picture in place of %s, and lock it again',
    (image) => {
      const body = withSource(`<body><p>Before</p>${image}<p>After</p></body>`);
      const act = exchangeable(body, block('img', body), null);
      const open = after(act, body);
      expect(kinds(open)).toEqual(['text', 'partnerPicture', 'text']);
      expect(act.select).toBe(1);
      expect(sourceOf(open)).toContain(`name="landing-1" label="{{t "slots.landing-1"}}"></tc-picture><p>After</p>`);
      expect(fieldsOf(sourceOf(open), block('tc-picture', open)).map(({ name }) => name)).toContain('alt');
      const back = after(notExchangeable(open, block('tc-picture', open)), open);
      expect(sourceOf(back)).toBe(sourceOf(body).replace('/>', '>'));
    },
  );

  it('put conditions and choices around a block and take them away', () => {
    const panel = block('h2', page, 2);
    const finance = after(withCondition(page, panel, 'industry', ['finance']));
    expect(sourceOf(finance)).toContain('<tc-when industry="finance"><h2>{{t "landing.form.title"}}</h2></tc-when>');
    const hidden = after(hideable(page, panel));
    expect(kinds(hidden)).toContain('optional');
    expect(sourceOf(after(unwrapped(hidden, block('tc-optional', hidden)), hidden))).toBe(PAGE);
    const chosen = after(choosable(page, block('img', page, 1)));
    expect(block('tc-choice', chosen).children.map(({ name }) => name)).toEqual(['tc-option', 'tc-option']);
    expect(sourceOf(after(unwrapped(chosen, block('tc-choice', chosen)), chosen))).toBe(PAGE);
  });
});

describe('the form of a page', () => {
  const form = formOf(page.texts, 'landing');
  if (form === null) throw new Error('The page has a form.');
  const yaml = (act: Act): string => act.texts['campaign.yaml'] ?? '';

  it('gets a field, loses one and changes their order, in the lines of its list only', () => {
    expect(form.required).toEqual(['email']);
    const more = withFields(page, 3, [...form.fields, 'country'], form.required);
    expect(more.select).toBe(3);
    expect(changedLines(CAMPAIGN, yaml(more))).toEqual([
      '        fields: [firstName, lastName, email, company, phone, message],',
      '        fields: [ firstName, lastName, email, company, phone, message, country ],'.replaceAll(
        /\[ | \]/g,
        (bracket) => bracket.trim(),
      ),
    ]);
    const required = withFields(page, 3, form.fields, ['company', 'email']);
    expect(changedLines(CAMPAIGN, yaml(required))).toHaveLength(2);
    expect(formOf(required.texts, 'landing')?.required).toEqual(['email', 'company']);
    const swapped = withFields(page, 3, ['email', 'firstName'], form.required);
    expect(formOf(swapped.texts, 'landing')?.fields).toEqual(['email', 'firstName']);
    expect(changedLines(CAMPAIGN, yaml(swapped))).toHaveLength(2);
  });

  it('asks for a confirmation, and no longer, without another change', () => {
    const asked = withConfirmation(page, null, true);
    expect(formOf(asked.texts, 'landing')?.isConfirmed).toBe(true);
    expect(changedLines(CAMPAIGN, yaml(asked))).toEqual(['        doubleOptIn: true,']);
    const back = withConfirmation(after(asked), null, false);
    expect(yaml(back)).toBe(CAMPAIGN);
  });

  it('offers a link after it was sent, another one, and none', () => {
    const offered = after(withNextStep(page, 2, 'brochure'));
    expect(formOf(offered.texts, 'landing')?.next).toEqual({ link: 'brochure', labelKey: 'landing.form.next-1' });
    expect(changedLines(CAMPAIGN, offered.texts['campaign.yaml'] ?? '')).toEqual([
      '        next: { link: brochure, label: landing.form.next-1 },',
    ]);
    expect(offered.texts['locales/de.yaml']).toContain('[Ihre Beschriftung des Links]');
    const other = after(withNextStep(offered, 2, 'demo'), offered);
    expect(formOf(other.texts, 'landing')?.next).toEqual({ link: 'demo', labelKey: 'landing.form.next-1' });
    expect(after(withNextStep(other, 2, null), other).texts['campaign.yaml']).toBe(CAMPAIGN);
  });

  it('has its texts in the catalogues; an empty label is the usual one', () => {
    const labelled = after(withFormText(page, null, 'form.help.phone', 'With country code'));
    expect(labelled.texts['locales/en.yaml']).toContain('With country code');
    expect(after(withFormText(labelled, null, 'form.help.phone', ''), labelled).texts).toEqual(page.texts);
  });

  it('is described when a form is inserted into a page that has none', () => {
    const bare = { ...page.texts, 'campaign.yaml': CAMPAIGN.replace(/\n {4}form:\n {6}\{[^]*?\n {6}\}/, '') };
    const none = { ...page, texts: { ...bare, [page.file]: PAGE.replace('<tc-form></tc-form>', '') } };
    expect(formOf(none.texts, 'landing')).toBeNull();
    const made = after(withPaletteBlock(none, 'form', null, []), none);
    expect(formOf(made.texts, 'landing')?.fields).toContain('email');
    expect(made.texts['locales/de.yaml']).toContain('Absenden');
    const set = after(setUpForm({ ...page, texts: bare }, 1), { ...page, texts: bare });
    expect(formOf(set.texts, 'landing')?.keys.thanks).toBe('landing.thanks-1');
    expect(withPaletteBlock(page, 'form', null, [])).toBeNull();
  });
});
