import { createRequire } from 'node:module';
import { componentsFor } from './components.js';
import { BUILT_IN_LINKS, FIELD_PATHS } from './fields.js';
import { Tokens } from './tokens.js';

/** A tag that e-mails are written with, and what it may carry. */
interface LanguageElement {
  readonly name: string;
  /** With the values that there are, where they are few. */
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** What an editor completes while somebody writes an e-mail. */
export interface AuthoringLanguage {
  readonly elements: readonly LanguageElement[];
  /** Paths that stand in `{{…}}`. */
  readonly fields: readonly string[];
  readonly builtInLinks: readonly string[];
}

interface ComponentClass {
  readonly componentName: string;
  readonly allowedAttributes?: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
const preset = require('mjml-preset-core') as { components: readonly (ComponentClass | { default: ComponentClass })[] };

/** Refused by our own list, whatever MJML thinks of them. */
const REFUSED = new Set(['mj-include', 'mj-html-attributes', 'mj-font']);

/** The language as the compiler itself knows it: its components, its fields. */
export function authoringLanguage(): AuthoringLanguage {
  const ours = componentsFor(new Tokens(''), { slots: [], logos: [], problems: [] }).components;
  const theirs = preset.components.map((component) => ('default' in component ? component.default : component));
  return {
    elements: [{ name: 'mjml', attributes: [] }, ...[...ours, ...theirs].map(element)].filter(
      ({ name }) => !REFUSED.has(name),
    ),
    fields: FIELD_PATHS,
    builtInLinks: BUILT_IN_LINKS,
  };
}

function element({ componentName, allowedAttributes = {} }: ComponentClass): LanguageElement {
  return {
    name: componentName,
    attributes: Object.entries(allowedAttributes).map(([name, type]) => ({ name, values: valuesOf(type) })),
  };
}

/** MJML names the kind of an attribute: `enum(left,right)`, `boolean`, `color` … */
function valuesOf(type: string): string[] {
  if (type === 'boolean') return ['true', 'false'];
  const [, listed] = /^enum\((.*)\)$/.exec(type) ?? [];
  return listed?.split(',').map((value) => value.trim()) ?? [];
}
