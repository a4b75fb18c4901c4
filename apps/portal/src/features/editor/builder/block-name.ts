import {
  attributeOf,
  contentOf,
  elementsIn,
  isContainer,
  keysIn,
  pageBlockKind,
  type SourceElement,
} from '#template-source';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { copyOf, hasText, textHolder, type Texts } from './email-copy';
import { isField, labelOfField } from '../../../shared/text-fields';
import { fieldName } from './rich-text';

const NAMES = {
  'mj-section': 'section',
  'mj-wrapper': 'wrapper',
  'mj-hero': 'hero',
  'mj-column': 'column',
  'mj-group': 'group',
  'mj-text': 'text',
  'mj-button': 'button',
  'mj-image': 'image',
  'mj-divider': 'divider',
  'mj-spacer': 'spacer',
  'mj-table': 'table',
  'mj-social': 'socialLinks',
  'tc-slot': 'slot',
  'tc-partner-logo': 'logo',
  'tc-when': 'when',
  'tc-else': 'else',
  'tc-lock': 'lock',
  'tc-button': 'partnerButton',
  'tc-picture': 'partnerPicture',
  'tc-choice': 'choice',
  'tc-option': 'option',
  'tc-optional': 'optional',
} as const;
const MOST_CHARS = 48;

const isNamed = (name: string): name is keyof typeof NAMES => name in NAMES;

/** Names of blocks: their kind, and the first words of their text. */
export function useBlockName(texts: Texts, locale: string): (source: string, block: SourceElement) => string {
  const { t } = useTranslation();
  const copy = copyOf(texts, locale);
  return (source, block) => {
    const kind = t(`builder.kind.${kindOf(source, block)}`);
    const words = wordsOf(source, block, copy, t);
    return words === '' ? kind : t('builder.named', { kind, words });
  };
}

function kindOf(source: string, block: SourceElement) {
  if (block.kind === 'email') return isNamed(block.name) ? NAMES[block.name] : 'code';
  if (textHolder(block) !== block) return 'slot';
  const kind = pageBlockKind(source, block);
  return kind === 'section' ? 'pageSection' : kind;
}

/** What an author wrote that tells a block from others of its kind, as markup. */
function writtenIn(source: string, block: SourceElement): string {
  if (['tc-choice', 'tc-option', 'tc-optional'].includes(block.name)) return attributeOf(source, block, 'label') ?? '';
  if (block.name === 'tc-when')
    return block.attributes
      .map(({ valueStart, valueEnd }) => source.slice(valueStart, valueEnd).replaceAll('|', ', '))
      .join(' · ');
  if (['mj-image', 'img', 'tc-picture'].includes(block.name)) return attributeOf(source, block, 'alt') ?? '';
  if (hasText(source, block)) return contentOf(source, textHolder(block));
  // Pages have sections in sections: their headings tell them apart.
  const heading = block.kind === 'page' && isContainer(block) ? elementsIn(block).find(isHeading) : undefined;
  return heading === undefined ? '' : contentOf(source, heading);
}

const isHeading = ({ name }: SourceElement): boolean => /^h[1-6]$/.test(name);

function wordsOf(source: string, block: SourceElement, copy: ReadonlyMap<string, string>, t: TFunction): string {
  const written = writtenIn(source, block);
  const text = keysIn(written).reduceRight(
    (all, { key, from, to }) => all.slice(0, from) + (copy.get(key) ?? '') + all.slice(to),
    written,
  );
  const words = text
    .replaceAll(/\{\{[^{}]*\}\}/g, (field) => {
      const name = fieldName(field);
      return isField(name) ? labelOfField(name, t) : ' ';
    })
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.length <= MOST_CHARS ? words : `${words.slice(0, MOST_CHARS - 1).trimEnd()}…`;
}
