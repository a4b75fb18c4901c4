import { candidates } from './loaded-urls.js';
import type { SourceReport } from './position.js';
import type { Expanded } from './template.js';
import type { Tokens } from './tokens.js';

const PICTURE =
  /(\s(srcset|src|background-url|background|poster|icon-(?:un)?wrapped-url|left-icon|right-icon|thumbnails-src)\s*=\s*)(["'])([^"'<>]*)\3/g;

/**
 * Replaces pictures of the package by tokens. Their URLs are not known yet.
 * @returns the source, the pictures, and addresses that were reported.
 */
export function replacePictures(
  expanded: Expanded,
  images: readonly string[],
  tokens: Tokens,
  report: SourceReport,
): { source: string; used: string[]; reported: ReadonlySet<string> } {
  const [used, reported] = [new Set<string>(), new Set<string>()];
  const replaced = (value: string, at: number): string => {
    if (/^tcq[0-9a-f]+x\d+z$/.test(value)) return value;
    const path = value.replace(/^\.\.?\//, '');
    if (images.includes(path)) {
      used.add(path);
      return tokens.hole(`asset.${path}`) ?? '';
    }
    reported.add(value);
    if (/^(?:https?:)?\/\//i.test(value) || /^data:/i.test(value))
      report.error(
        'picture-foreign',
        at,
        `The picture “${value.slice(0, 60)}” is loaded from another server.`,
        'Put the file into images/ and write src="images/name.png".',
      );
    else
      report.error(
        'picture-missing',
        at,
        `The package has no picture “${value.slice(0, 60)}”.`,
        images.length === 0
          ? 'Add it to images/.'
          : `Add it to images/, or use one of: ${images.slice(0, 8).join(', ')}.`,
      );
    return value;
  };
  const source = expanded.source.replace(
    PICTURE,
    (_: string, before: string, name: string, quote: string, value: string, offset: number) => {
      const at = expanded.toSource(offset + before.length + 1);
      const urls = name === 'srcset' ? candidates(value) : [value];
      const written = urls.reduce((list, url) => list.replace(url, replaced(url, at)), value);
      return `${before}${quote}${written}${quote}`;
    },
  );
  return { source, used: [...used], reported };
}
