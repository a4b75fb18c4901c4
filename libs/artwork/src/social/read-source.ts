import type { SourceProblem } from '#kernel';
import { ElementReader, type PictureReference, type Report, type SourcePosition } from './element-reader.js';
import type { CopyBox } from './copy-layer.js';
import { escapeXml } from '../escape-xml.js';
import type { PicturePlan } from './picture-plan.js';

export interface SocialSource {
  readonly file: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** Catalogue texts, for `{{t "key"}}`. */
  readonly texts: Readonly<Record<string, string>>;
  readonly catalogueFile: string;
  /** Pictures of the package by path, for <image href="images/…">. */
  readonly images: Readonly<Record<string, Buffer>>;
}

/**
 * A vendor's source with its copy filled in and its slots removed. Pictures are
 * tokens.
 */
export interface ReadPicture extends Pick<PicturePlan, 'logo' | 'texts'> {
  readonly svg: string;
  readonly copies: readonly CopyBox[];
  readonly pictures: readonly PictureReference[];
  readonly problems: SourceProblem[];
  readonly usedKeys: string[];
}

/**
 * Checks a vendor's SVG, fills in its copy, and finds the boxes of logo and
 * texts.
 */
export function readSource(source: SocialSource): ReadPicture {
  const problems: SourceProblem[] = [];
  const usedKeys: string[] = [];
  const report: Report = (code, at, message, remedy) => {
    problems.push({
      code,
      severity: 'error',
      file: source.file,
      line: at?.line ?? null,
      column: at === null ? null : at.column + 1,
      message,
      remedy,
    });
  };
  const filled = source.svg.replace(/\{\{\s*t\s+["']([^"']+)["']\s*\}\}/g, (whole, key: string, offset: number) => {
    usedKeys.push(key);
    const text = source.texts[key];
    if (text === undefined) {
      report(
        'copy-missing',
        placeOf(source.svg, offset),
        `The catalogue ${source.catalogueFile} has no text "${key}".`,
        `Add the key ${key} to ${source.catalogueFile}.`,
      );
      return whole;
    }
    if (text.includes('{{')) report('picture-field', placeOf(source.svg, offset), ...FIELD_IN_PICTURE(key));
    return escapeXml(text);
  });
  const reader = new ElementReader(source, report);
  const svg = reader.read(filled);
  const { logo, texts, copies, pictures } = reader;
  return { svg, logo, texts, copies, pictures, problems, usedKeys };
}

const FIELD_IN_PICTURE = (key: string): readonly [message: string, remedy: string] => [
  `The text "${key}" has a field in double braces. Pictures show texts, not fields.`,
  'Remove the field, or let partners write this text.',
];

function placeOf(text: string, offset: number): SourcePosition {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)?.length ?? 0 };
}
