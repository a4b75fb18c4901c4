import type { MjmlComponentClass } from './mjml-component.js';

/** HTML that a component wrote, and where its tag stands. */
export interface RenderedComponent {
  readonly tag: string;
  /** In the expanded source. */
  readonly line: number;
  /** Its attribute `name`; null without one. */
  readonly name: string | null;
  readonly html: string;
  /** Number of the first component within it. */
  readonly first: number;
}

/** A hamburger's checkbox, and a carousel, have random ids in MJML. */
const RANDOM_ID = /\b[0-9a-f]{16}\b/;

/**
 * MJML's own components, which also record what they write. Problems in the
 * result can then be reported at the tag that caused them. Ids are counted
 * instead of random, so that the same source gives the same bytes.
 * @param rendered receives components after those within them.
 */
export function recorded(
  components: readonly MjmlComponentClass[],
  rendered: RenderedComponent[],
): MjmlComponentClass[] {
  let ids = 0;
  return components.map((component) => {
    if (typeof component.prototype.render !== 'function') return component;
    return class extends component {
      private readonly place: number;

      constructor(data: unknown) {
        super(data);
        this.place = (data as { line?: number } | undefined)?.line ?? 1;
        if ('carouselId' in this) Object.assign(this, { carouselId: `c${(ids += 1)}` });
      }

      override render(): string {
        const first = rendered.length;
        const html = super.render();
        const name = this.getAttribute('name') ?? null;
        rendered.push({ tag: component.componentName, line: this.place, name, html, first });
        return html;
      }

      override renderHamburger(): string {
        const html = super.renderHamburger?.() ?? '';
        const [random] = RANDOM_ID.exec(html) ?? [];
        return random === undefined ? html : html.replaceAll(random, `menu-${(ids += 1)}`);
      }
    };
  });
}

/**
 * The components that wrote something themselves: those in which it occurs, and
 * within which no other component has it.
 */
export function writersOf(
  rendered: readonly RenderedComponent[],
  occursIn: (html: string) => boolean,
): RenderedComponent[] {
  const has = rendered.map(({ html }) => occursIn(html));
  return rendered.filter(({ first }, at) => has[at] === true && !has.slice(first, at).includes(true));
}
