import { type SourceElement, textReference } from '#template-source';
import { catalogueOf } from '../copy-table';
import { type Act, type Template, withAttributes } from './acts';
import { freshKey, type Texts, withCopy } from './email-copy';

/**
 * Exchanges the picture of a block. Texts of the library for readers who do not
 * see it come with it, as a new text: the old one may be used elsewhere.
 * @param attribute that names the picture.
 * @param alt texts by language; empty: the block keeps its own.
 */
export function withPicture(
  template: Template,
  block: SourceElement,
  path: string,
  attribute: string,
  alt: Readonly<Record<string, string>>,
): Act {
  const given = template.locales.flatMap((locale) => {
    const text = alt[locale] ?? alt[locale.split('-')[0] ?? ''];
    return text === undefined ? [] : [{ locale, text }];
  });
  if (given.length === 0 || !['mj-image', 'tc-picture'].includes(block.name))
    return withAttributes(template, block, { [attribute]: path });
  const key = freshKey(template.texts, template.locales, `${template.key}.alt`);
  const { texts, select } = withAttributes(template, block, { [attribute]: path, alt: textReference(key) });
  let all: Texts = template.texts;
  for (const { locale, text } of given) all = { ...all, ...withCopy(all, locale, key, text) };
  const catalogues = given.map(({ locale }) => catalogueOf(locale));
  return { texts: { ...texts, ...Object.fromEntries(catalogues.map((file) => [file, all[file] ?? ''])) }, select };
}
