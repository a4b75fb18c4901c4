import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, parseLocale } from '#kernel';
import { authoringLanguage, compileMaster, type FormRule, type MasterInput } from '#rendering';
import type { Compiled } from '../../libs/rendering/src/compile.js';

const PAGE = readFileSync(join(packageRoot(), 'docs/authoring-language.md'), 'utf8');

interface Example {
  readonly language: 'mjml' | 'html';
  /** Expected refusal code; null if it is valid. */
  readonly refused: string | null;
  readonly source: string;
}

const EXAMPLES: readonly Example[] = [...PAGE.matchAll(/^```(mjml|html)(?: refused=([\w-]+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language, refused, source = '']) => ({
    language: language === 'html' ? 'html' : 'mjml',
    refused: refused ?? null,
    source: source.trim(),
  }),
);

/** Puts the example around sections or in a column, as needed. */
function mail(example: string): string {
  const block = /^<(?:tc-lock|mj-section|tc-(?:when|optional)[^>]*><mj-section)/.test(example);
  const placed = block ? example : `<mj-section><mj-column>${example}</mj-column></mj-section>`;
  return `<mjml><mj-body>
${placed}
<tc-lock name="footer"><mj-section><mj-column><mj-text>{{partner.legalName}}, {{partner.address}} <a href="{{links.unsubscribe}}">Unsubscribe</a></mj-text></mj-column></mj-section></tc-lock>
</mj-body></mjml>`;
}

const FORM: FormRule = {
  fields: ['email'],
  required: ['email'],
  labels: { firstName: '', lastName: '', email: 'E-mail', company: '', phone: '', country: '', message: '' },
  submit: 'Send',
  consent: 'I agree',
};

/**
 * Attributes of mj-text and mj-image that our tags inherit, documented by MJML.
 */
const OF_MJML =
  /^(?:padding|container-background-color|css-class|color|background-color|font-|line-height|letter-spacing|text-|height$|vertical-align)/;

/** Attributes of mj-image that `tc-picture` has besides. */
const OF_MJ_IMAGE =
  /^(?:srcset|sizes|title|usemap|rel|target|align|border|border-(?:top|right|bottom|left|radius)|fluid-on-mobile|max-height)$/;

const compile = (example: Example, locale = 'en'): Promise<Compiled> => {
  const input: MasterInput = {
    kind: example.language === 'mjml' ? 'email' : 'page',
    file: example.language === 'mjml' ? 'emails/example.mjml' : 'pages/example.html',
    source: example.language === 'mjml' ? mail(example.source) : example.source,
    locale:
      parseLocale(locale) ??
      (() => {
        throw new Error(locale);
      })(),
    catalogueFile: `locales/${locale}.yaml`,
    catalogue: { hello: 'Hello', there: 'there', 'slots.welcome': 'Your welcome', 'slots.welcome-help': 'A sentence.' },
    links: ['demo'],
    images: ['images/hero.jpg'],
    requiredLocks: example.language === 'mjml' ? ['footer'] : [],
    subject: 'Example',
    preheader: '',
    form: example.language === 'html' ? FORM : null,
  };
  return compileMaster(input);
};

const named = EXAMPLES.map((example) => [example.source.split('\n')[0]?.slice(0, 70), example] as const);

describe('an example of the language reference', () => {
  it('is there for every tag, helper and block', () => {
    const right = EXAMPLES.filter(({ refused }) => refused === null)
      .map(({ source }) => source)
      .join('\n');
    for (const element of [
      '<tc-slot',
      '<tc-button',
      '<tc-choice',
      '<tc-option',
      '<tc-optional',
      '<tc-partner-logo',
      '<tc-lock',
      '<tc-when',
      '<tc-else',
      '<tc-form',
      '{{t "',
      '{{fallback',
      '{{#when',
      '{{else}}',
    ])
      expect(right).toContain(element);
    for (const element of [
      'format="inline"',
      'format="list"',
      'industry=',
      'persona=',
      'stage=',
      'segment=',
      'country=',
    ])
      expect(right).toContain(element);
  });

  it('is there for every field, every link that is always there, and everything that our own tags may carry', async () => {
    const right = EXAMPLES.filter(({ refused }) => refused === null)
      .map(({ source }) => source)
      .join('\n');
    const { fields, builtInLinks, elements } = await authoringLanguage();
    const paths = [...fields, ...builtInLinks.map((name) => `links.${name}`)];
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !new RegExp(`${path.replaceAll('.', '\\.')}\\b`).test(right))).toEqual([]);
    const ours = elements.filter(({ name }) => name.startsWith('tc-'));
    const lacking = ours.flatMap(({ name, attributes }) =>
      attributes
        .filter(({ name: attribute }) => !OF_MJML.test(attribute))
        .filter(({ name: attribute }) => name !== 'tc-picture' || !OF_MJ_IMAGE.test(attribute))
        .filter((attribute) => !new RegExp(`<${name}\\b[^>]*\\s${attribute.name}=`).test(right))
        .map((attribute) => `${name} ${attribute.name}`),
    );
    expect(lacking).toEqual([]);
  });

  it.each(named.filter(([, { refused }]) => refused === null))('compiles: %s', async (_, example) => {
    for (const locale of ['en', 'ar']) {
      const compiled = await compile(example, locale);
      expect(compiled.ok ? [] : compiled.problems).toEqual([]);
    }
  });

  it.each(named.filter(([, { refused }]) => refused !== null))(
    'is refused with its place and a way out: %s',
    async (_, example) => {
      const compiled = await compile(example);
      const problems = compiled.ok ? [] : compiled.problems.filter(({ severity }) => severity === 'error');
      const problem = problems.find(({ code }) => code === example.refused);
      expect([problem?.code, problems.map(({ code }) => code)]).toEqual([example.refused, expect.anything()]);
      expect(problem).toMatchObject({
        file: expect.stringMatching(/^(?:emails|pages)\/example/),
        line: expect.any(Number),
        column: expect.any(Number),
      });
      expect(problem?.remedy).not.toBe('');
    },
  );
});
