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
import { type Act, type Email, sourceOf } from './acts';
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

export const withLink = (email: Email, block: SourceElement, { element }: SocialLink, link: string): Act =>
  changed(email, block, setAttribute(element, 'href', link));

export const withoutLink = (email: Email, block: SourceElement, { element }: SocialLink): Act =>
  changed(email, block, removeElement(sourceOf(email), element));

/** Its icon must be in the package. */
export const withNetwork = (email: Email, block: SourceElement, network: Network): Act =>
  changed(email, block, insertMarkup(sourceOf(email), { into: block }, socialMarkup(network)));

function changed(email: Email, block: SourceElement, changes: readonly TextChange[]): Act {
  const source = sourceOf(email);
  const select = blocksOf(parseSource(source)).findIndex(({ start }) => start === block.start);
  return { texts: { [email.file]: applyChanges(source, changes) }, select };
}
