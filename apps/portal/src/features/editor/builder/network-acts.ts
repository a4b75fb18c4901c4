import {
  applyChanges,
  attributeOf,
  blocksOf,
  insertMarkup,
  parseSource,
  removeElement,
  setAttribute,
  type SourceElement,
  type TextChange,
} from '#template-source';
import { type Act, type Template, sourceOf } from './acts';
import { iconPath, NETWORKS, type Network } from './network-icons';

/** One of the links of an `mj-social`. */
interface SocialLink {
  readonly element: SourceElement;
  /** Null: one that the builder does not know. */
  readonly network: Network | null;
  readonly link: string;
}

const TITLES: Readonly<Record<Network, string>> = {
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
  facebook: 'Facebook',
  instagram: 'Instagram',
  x: 'X',
  xing: 'XING',
  web: 'Website',
};

export const titleOf = (network: Network): string => TITLES[network];

/** `-noshare`: MJML would make an address for sharing of the link. */
export const socialMarkup = (network: Network): string =>
  `<mj-social-element name="${network}-noshare" src="${iconPath(network)}" alt="${TITLES[network]}" href="{{links.viewInBrowser}}"></mj-social-element>`;

export function socialLinks(source: string, block: SourceElement): SocialLink[] {
  return block.children
    .filter(({ name }) => name === 'mj-social-element')
    .map((element) => {
      const name = (attributeOf(source, element, 'name') ?? '').replace(/-noshare$/, '');
      return {
        element,
        network: NETWORKS.find((network) => network === name) ?? null,
        link: attributeOf(source, element, 'href') ?? '',
      };
    });
}

export const withLink = (template: Template, block: SourceElement, { element }: SocialLink, link: string): Act =>
  changed(template, block, setAttribute(element, 'href', link));

export const withoutLink = (template: Template, block: SourceElement, { element }: SocialLink): Act =>
  changed(template, block, removeElement(sourceOf(template), element));

/** Its icon must be in the package. */
export const withNetwork = (template: Template, block: SourceElement, network: Network): Act =>
  changed(template, block, insertMarkup(sourceOf(template), { into: block }, socialMarkup(network)));

function changed(template: Template, block: SourceElement, changes: readonly TextChange[]): Act {
  const source = sourceOf(template);
  const select = blocksOf(parseSource(source)).findIndex(({ start }) => start === block.start);
  return { texts: { [template.file]: applyChanges(source, changes) }, select };
}
