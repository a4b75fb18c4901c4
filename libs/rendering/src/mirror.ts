import rtlcss from 'rtlcss';
import { directionOf, type Locale } from '#kernel';

/** A start tag of MJML or HTML, with its attributes. */
const TAG = /<([a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)(\s*\/?)>/gi;
const ATTRIBUTE = /(?<![\w:-])([\w:-]+)(\s*=\s*)("[^"']*"|'[^"']*')/g;
const STYLE_SHEET = /<(mj-style|style)\b[^<>]*>/gi;

/** Attributes that correspond to a CSS property of another name. */
const PROPERTY_OF: Readonly<Record<string, string>> = {
  align: 'text-align',
  'text-align': 'text-align',
  'inner-padding': 'padding',
  'icon-padding': 'padding',
  'text-padding': 'padding',
  'icon-position': 'float',
  'inner-border-radius': 'border-radius',
};
const SAME_NAME = /^(?:padding|border)(?:-left|-right|-radius)?$|^background-position(?:-x)?$/;
const SIDE_NAME = /(?<=-)(?:left|right)$/;

/** MJML's defaults that are wrong for right-to-left languages. */
const DEFAULTS =
  '<mj-attributes><mj-section direction="rtl" /><mj-wrapper direction="rtl" /><mj-group direction="rtl" /><mj-column direction="rtl" />' +
  '<mj-text align="right" /><tc-slot align="right" /><tc-partner-logo align="right" /><mj-accordion-element icon-position="left" />' +
  '<mj-accordion icon-position="left" /></mj-attributes>';

/**
 * Mirrors a source for right-to-left locales: alignment, padding, borders and
 * the order of columns. Line breaks stay where they are.
 */
export function mirrored(source: string, locale: Locale): string {
  if (directionOf(locale) === 'ltr') return source;
  return withStyleSheets(source, mirrorCss).replace(
    TAG,
    (_, name: string, attributes: string, end: string) => `<${name}${mirrorAttributes(attributes)}${end}>`,
  );
}

/** The source with each style sheet changed. One without an end tag stays. */
function withStyleSheets(source: string, change: (css: string) => string): string {
  const lower = source.toLowerCase();
  let [changed, done] = ['', 0];
  for (const { 0: tag, 1: name = '', index } of source.matchAll(STYLE_SHEET)) {
    if (index < done) continue;
    const end = lower.indexOf(`</${name.toLowerCase()}>`, index);
    if (end === -1) break;
    const start = index + tag.length;
    changed += source.slice(done, start) + change(source.slice(start, end));
    done = end;
  }
  return changed + source.slice(done);
}

/**
 * Default attributes for the head of an e-mail in a locale. The author's own
 * override them.
 */
export const directionDefaults = (locale: Locale): string => (directionOf(locale) === 'rtl' ? DEFAULTS : '');

const mirrorAttributes = (attributes: string): string =>
  attributes.replace(ATTRIBUTE, (whole, name: string, equals: string, quoted: string) => {
    const [quote, value] = [quoted.charAt(0), quoted.slice(1, -1)];
    if (name === 'style') return `${name}${equals}${quote}${mirrorDeclarations(value)}${quote}`;
    const property = PROPERTY_OF[name] ?? (SAME_NAME.test(name) ? name : null);
    if (property === null) return whole;
    const [mirroredName, mirroredValue] = splitDeclaration(mirrorDeclarations(`${property}:${value}`));
    return `${mirroredSide(name, mirroredName)}${equals}${quote}${mirroredValue}${quote}`;
  });

/**
 * `border-left` becomes the library's result. A name that only MJML has stays.
 */
const mirroredSide = (name: string, mirroredName: string): string =>
  SIDE_NAME.test(name) && !(name in PROPERTY_OF) ? mirroredName : name;

function splitDeclaration(declaration: string): [string, string] {
  const colon = declaration.indexOf(':');
  return [declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()];
}

const mirrorDeclarations = (declarations: string): string => {
  const rule = mirrorCss(`a{${declarations}}`);
  return rule.slice(rule.indexOf('{') + 1, rule.lastIndexOf('}'));
};

/**
 * @returns the sheet unchanged if the library cannot parse it. The problem was
 *   reported already.
 */
function mirrorCss(css: string): string {
  try {
    return rtlcss.process(css);
  } catch {
    return css;
  }
}
