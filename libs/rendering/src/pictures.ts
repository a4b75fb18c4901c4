import type { SourceReport } from './position.js';
import type { Expanded } from './template.js';
import type { Tokens } from './tokens.js';

const PICTURE = /(\s(?:src|background-url|background)\s*=\s*)(["'])([^"'<>]*)\2/g;

/** Replaces pictures of the package by tokens. Their URLs are not known yet. */
export function replacePictures(
  expanded: Expanded,
  images: readonly string[],
  tokens: Tokens,
  report: SourceReport,
): { source: string; used: string[] } {
  const used = new Set<string>();
  const source = expanded.source.replace(
    PICTURE,
    (whole: string, before: string, quote: string, value: string, offset: number) => {
      if (/^tcq[0-9a-f]+x\d+z$/.test(value)) return whole;
      const path = value.replace(/^\.\.?\//, '');
      if (images.includes(path)) {
        used.add(path);
        return `${before}${quote}${tokens.hole(`asset.${path}`) ?? ''}${quote}`;
      }
      const at = expanded.toSource(offset + before.length + 1);
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
      return whole;
    },
  );
  return { source, used: [...used] };
}
