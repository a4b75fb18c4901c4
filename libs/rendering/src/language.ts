import { createRequire } from 'node:module';
import { BUILT_IN_LINKS, FIELD_PATHS } from './fields.js';
import { Tokens } from './tokens.js';

/** A tag for e-mails, and its attributes. */
interface LanguageElement {
  readonly name: string;
  /** With the possible values, if there are few. */
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Completions for an editor of e-mails. */
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

interface Preset {
  readonly components: readonly (ComponentClass | { default: ComponentClass })[];
}

const require = createRequire(import.meta.url);

/** Our allow-list refuses these, although MJML accepts them. */
const REFUSED = new Set(['mj-include', 'mj-html-attributes', 'mj-font']);

/**
 * The language as the compiler knows it: components and fields. MJML is loaded
 * here, not with this module: it costs each process that never asks 0.5 s of
 * processor time.
 */
export async function authoringLanguage(): Promise<AuthoringLanguage> {
  const { componentsFor } = await import('./components.js');
  const preset = require('mjml-preset-core') as Preset;
  const ours = componentsFor(new Tokens(''), { slots: [], logos: [], problems: [], rendered: [] }, 'en').components;
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

/**
 * MJML describes an attribute's type: `enum(left,right)`, `boolean`, `color` …
 */
function valuesOf(type: string): string[] {
  if (type === 'boolean') return ['true', 'false'];
  const [, listed] = /^enum\((.*)\)$/.exec(type) ?? [];
  return listed?.split(',').map((value) => value.trim()) ?? [];
}
