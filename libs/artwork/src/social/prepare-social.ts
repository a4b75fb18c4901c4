import type { SourceProblem } from '#kernel';
import { TaskLimitError } from '#subprocess';
import type { PictureRefusal } from '../embedded-picture.js';
import { type DrawnPost, FILE_TASK } from '../file-task.js';
import { copyLayers, withLayers } from './copy-layer.js';
import { packPicture } from './picture-plan.js';
import { pictureToken } from './element-reader.js';
import { type ReadPicture, readSource, type SocialSource } from './read-source.js';

/** Total data length of the pictures of a post. */
const MAX_DATA_LENGTH = 40_000_000;

export type PreparedSocial =
  | {
      readonly ok: true;
      readonly prepared: Buffer;
      readonly slots: readonly { readonly name: string; readonly maxChars: number }[];
      readonly usedKeys: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly SourceProblem[]; readonly usedKeys: readonly string[] };

/**
 * Checks a vendor's picture source, fills in its copy, and flattens its layers
 * in a subprocess.
 */
export async function prepareSocial(source: SocialSource): Promise<PreparedSocial> {
  const reading = readSource(source);
  const { logo, texts, copies, usedKeys } = reading;
  const { svg, problems: found } = await withPictures(reading, source.file);
  // What is wrong with the source is said without drawing.
  const copy = await copyLayers(found.length > 0 ? [] : copies, source.file);
  const problems = [...found, ...copy.problems];
  if (problems.length > 0) return { ok: false, problems, usedKeys };
  const { width, height } = source;
  const drawn = await drawPost(svg, width, height);
  if (drawn === null) return { ok: false, problems: [tooHeavy(source.file)], usedKeys };
  const { png, pixelsHash } = copy.layers.length === 0 ? drawn : await withLayers(drawn, copy.layers, width, height);
  return {
    ok: true,
    prepared: packPicture({ width, height, logo, texts, pixelsHash }, png),
    slots: texts.map(({ name, maxChars }) => ({ name, maxChars })),
    usedKeys,
  };
}

/**
 * The source with the data of its pictures. A picture that cannot be read is
 * reported with its element.
 */
async function withPictures(
  { svg, pictures, problems: before }: ReadPicture,
  file: string,
): Promise<{ readonly svg: string; readonly problems: readonly SourceProblem[] }> {
  const problems = [...before];
  const known = new Map<string, string | PictureRefusal>();
  let [whole, length] = [svg, 0];
  for (const { path, bytes, at } of pictures) {
    const data = known.get(path) ?? (await readPicture(bytes));
    known.set(path, data);
    if (typeof data !== 'string')
      problems.push({
        code: 'picture-unusable',
        severity: 'error',
        file,
        line: at.line,
        column: at.column + 1,
        message: `<image> shows ${path}, which ${data.reason}.`,
        remedy: data.remedy,
      });
    else length += data.length;
  }
  if (length > MAX_DATA_LENGTH) return { svg, problems: [...problems, tooHeavy(file)] };
  for (const [path, data] of known)
    if (typeof data === 'string') whole = whole.replaceAll(`"${pictureToken(path)}"`, `"${data}"`);
  return { svg: whole, problems };
}

/** A picture as a data URL, made in a subprocess, or why there is none. */
async function readPicture(bytes: Buffer): Promise<string | PictureRefusal> {
  const output = await withinLimits(FILE_TASK.run({ kind: 'picture', bytes }));
  if (output === null)
    return { reason: 'takes too long or too much memory to open', remedy: 'Export it again as PNG or JPEG, smaller.' };
  if (output.kind !== 'picture') throw new Error('The subprocess answered about another file.');
  return output.data;
}

/**
 * The vendor's flattened layers, drawn in a subprocess.
 * @returns null if it cannot be drawn within its limits.
 */
async function drawPost(svg: string, width: number, height: number): Promise<DrawnPost | null> {
  const output = await withinLimits(FILE_TASK.run({ kind: 'post', svg, width, height }));
  return output?.kind === 'post' ? output.drawn : null;
}

async function withinLimits<Output>(run: Promise<Output>): Promise<Output | null> {
  try {
    return await run;
  } catch (error) {
    if (error instanceof TaskLimitError) return null;
    throw error;
  }
}

const tooHeavy = (file: string): SourceProblem => ({
  code: 'social-too-heavy',
  severity: 'error',
  file,
  line: 1,
  column: 1,
  message: 'The picture cannot be drawn, or takes too long or too much memory to draw.',
  remedy: 'Use fewer filters, patterns and nested <use>, or put a finished background into images/.',
});
