import { createRequire } from 'node:module';
import { isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';

/** Draws a component as its container does: a column puts it into a row of its own. */
export type Draw = (component: MjmlComponent) => string;

/** The used part of MJML's classes. MJML is CommonJS without types for them. */
export interface MjmlComponent {
  context: { globalData?: { defaultAttributes?: Record<string, Record<string, string> | undefined> } };
  attributes: Record<string, string>;
  props: { children?: readonly MjmlChild[] };
  getAttribute(name: string): string | undefined;
  getContent(): string;
  getBoxWidths(): { box: number };
  htmlAttributes(attributes: Record<string, unknown>): string;
  renderChildren(children?: readonly MjmlChild[], options?: { readonly renderer?: Draw }): string;
  render(): string;
  /** Of mj-navbar. */
  renderHamburger?(): string;
}
interface MjmlChild {
  readonly tagName: string;
}
export interface MjmlComponentClass {
  new (data: unknown): MjmlComponent;
  readonly prototype: MjmlComponent;
  componentName: string;
  endingTag?: boolean;
  allowedAttributes?: Record<string, string>;
  defaultAttributes?: Record<string, string>;
}

const require = createRequire(import.meta.url);
const { BodyComponent } = require('mjml-core') as { BodyComponent: MjmlComponentClass };

const textModule = require('mjml-text') as { default?: MjmlComponentClass } & MjmlComponentClass;
export const MjText: MjmlComponentClass = textModule.default ?? textModule;
const { components } = require('mjml-preset-core') as { components: readonly MjmlComponentClass[] };
export const MjButton: MjmlComponentClass = classNamed('mj-button');
export const MjImage: MjmlComponentClass = classNamed('mj-image');

function classNamed(name: string): MjmlComponentClass {
  const found = components.find(({ componentName }) => componentName === name);
  if (found === undefined) throw new Error(`MJML has no ${name}.`);
  return found;
}

/**
 * An attribute's text. MJML returns strings, and booleans for "true" and
 * "false".
 */
export const readWords = (written: string | boolean | undefined): string | undefined =>
  written === undefined
    ? undefined
    : parseDocument(String(written))
        .children.map((node) => (isText(node) ? node.data : ''))
        .join('');

/** A component with its line. MJML passes the line to its constructor. */
export class PlacedComponent extends BodyComponent {
  private readonly line: number;

  constructor(data: unknown) {
    super(data);
    this.line = (data as { line?: number }).line ?? 1;
  }

  protected place(): { line: number; tag: string } {
    return { line: this.line, tag: (this.constructor as unknown as MjmlComponentClass).componentName };
  }
}

/** A tag of ours looks like MJML's of the same kind unless it has a style of its own. */
export function inheritStyle(component: MjmlComponent, data: unknown, from: string, own: string): void {
  const written = (data as { rawAttrs?: Record<string, string> }).rawAttrs ?? {};
  const defaults = component.context.globalData?.defaultAttributes ?? {};
  for (const [name, value] of Object.entries(defaults[from] ?? {}))
    if (!(name in written) && !(name in (defaults[own] ?? {}))) component.attributes[name] = value;
}
