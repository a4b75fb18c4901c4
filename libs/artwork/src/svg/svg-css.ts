import { type Atrule, type CssNode, generate, parse, walk } from 'css-tree';
import { inPixels } from './svg-length.js';

/** Markup that is not drawn from an SVG, as written, with its line. */
export interface ActiveMarkup {
  readonly what: string;
  readonly line: number;
}

type Context = 'stylesheet' | 'declarationList' | 'value';

/** Custom properties may refer to each other. */
const MAX_REFERENCES = 8;
/** Rules for dark mode or paper do not apply to a logo. */
const OTHER_MEDIA = /prefers-color-scheme\s*:\s*dark|\bprint\b/i;
/** Longest quotation of a problem. */
const MAX_QUOTED = 60;

/**
 * CSS in a form that the drawing library understands: custom properties
 * (`var()`) with their values, lengths in pixels, `url(#id)` without quotes, and
 * rules in `@media` for screens outside of it.
 */
export class SvgCss {
  /** Values of custom properties. The first one in the file counts. */
  private readonly variables = new Map<string, string>();
  private readonly found: ActiveMarkup[] = [];
  private readonly undefinedOnes: ActiveMarkup[] = [];

  /** What would load something, in the order of the file. */
  get active(): readonly ActiveMarkup[] {
    return this.found;
  }

  /** Custom properties that have no value in the file. */
  get missing(): readonly ActiveMarkup[] {
    return this.undefinedOnes;
  }

  /** Reads the custom properties of a style sheet or a `style` attribute. */
  collect(css: string, context: 'stylesheet' | 'declarationList'): void {
    if (!css.includes('--')) return;
    const { variables } = this;
    walk(parse(css, { context }), {
      visit: 'Declaration',
      enter({ property, value }) {
        const isOther =
          this.atrule !== null && this.atrule.prelude !== null && OTHER_MEDIA.test(generate(this.atrule.prelude));
        if (property.startsWith('--') && !isOther && !variables.has(property))
          variables.set(property, generate(value).trim());
      },
    });
  }

  /** @param line of its element in the file. */
  clean(css: string, context: Context, line: number): string {
    const ast = parse(css, { context, positions: true });
    const at = (node: CssNode): number => line + (node.loc?.start.line ?? 1) - 1;
    const { found } = this;
    const resolve = (node: CssNode): string | null => this.resolved(node, at(node), 0);
    walk(ast, {
      visit: 'Url',
      enter(node) {
        const address = node.value.trim();
        if (address.startsWith('#')) node.value = address;
        else if (this.atrule?.name !== 'font-face')
          found.push({ what: `url(${address.slice(0, MAX_QUOTED)})`, line: at(node) });
      },
    });
    walk(ast, {
      visit: 'Function',
      enter(node, item) {
        const value = node.name.toLowerCase() === 'var' ? resolve(node) : null;
        if (value !== null) item.data = { type: 'Raw', value };
      },
    });
    walk(ast, {
      visit: 'Dimension',
      enter(node, item) {
        const written = `${node.value}${node.unit}`;
        const pixels = inPixels(written);
        if (pixels !== written) item.data = { type: 'Number', value: pixels };
      },
    });
    walk(ast, {
      visit: 'Atrule',
      // After the at-rules within it.
      leave(node, item) {
        if (node.name === 'import') found.push({ what: '@import', line: at(node) });
        item.data = { type: 'Raw', value: rulesForScreens(node) };
      },
    });
    return generate(ast);
  }

  /** The value of `var(--name, fallback)`; null if it has none. */
  private resolved(node: CssNode, line: number, depth: number): string | null {
    const [, name = '', fallback] = /^var\(\s*(--[^\s,()]+)\s*(?:,(.*))?\)$/is.exec(generate(node)) ?? [];
    const value = this.variables.get(name) ?? fallback?.trim();
    if (value === undefined || value === '' || depth > MAX_REFERENCES) {
      this.undefinedOnes.push({ what: name, line });
      return null;
    }
    if (!/var\(/i.test(value)) return value;
    const ast = parse(value, { context: 'value' });
    const resolve = (inner: CssNode): string | null => this.resolved(inner, line, depth + 1);
    walk(ast, {
      visit: 'Function',
      enter(inner, item) {
        const own = inner.name.toLowerCase() === 'var' ? resolve(inner) : null;
        if (own !== null) item.data = { type: 'Raw', value: own };
      },
    });
    return generate(ast);
  }
}

/** Rules of `@media` for screens. Fonts, animations and other media: none. */
function rulesForScreens({ name, prelude, block }: Atrule): string {
  if (name !== 'media' || block === null) return '';
  return prelude !== null && OTHER_MEDIA.test(generate(prelude)) ? '' : generate(block).slice(1, -1);
}
