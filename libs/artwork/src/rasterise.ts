import { drawLogo } from './drawing.js';
import { embeddedPicture } from './embedded-picture.js';
import type { LogoFeedback } from './logo.js';
import { refuse, type LogoRefusal } from './logo-refusal.js';
import { withoutDoctype } from './svg/svg-entities.js';
import { type LogoSvg, logoSvg } from './svg/logo-svg.js';
import { svgText } from './svg/svg-text.js';

export const MAX_SVG_BYTES = 512 * 1024;

/** A drawn SVG as PNG, and advice about it. */
export interface DrawnLogo {
  readonly png: Buffer;
  readonly problems: readonly LogoFeedback[];
}

/**
 * An SVG as PNG. Refuses scripts, external files and what cannot be drawn.
 */
export async function rasterise(bytes: Buffer): Promise<DrawnLogo | LogoRefusal> {
  const read = svgText(bytes, MAX_SVG_BYTES);
  if (read === null)
    return refuse(
      'logo-svg-too-large',
      'The SVG is larger than 512 KB.',
      'Save it without embedded pictures, or upload a PNG.',
    );
  const text = withoutDoctype(read, MAX_SVG_BYTES);
  if (text === null)
    return refuse(
      'logo-svg-active',
      'The SVG declares entities or a document type of its own, which can hide content.',
      'Export it as plain shapes ("SVG Tiny" or "optimised SVG"), or upload a PNG.',
      { line: 1, what: '<!DOCTYPE>' },
    );
  const svg = logoSvg(text);
  if ('ok' in svg) return svg;
  const whole = await withReadPictures(svg);
  if ('ok' in whole) return whole;
  try {
    return { png: await drawLogo(whole), problems: adviceOn(svg) };
  } catch {
    return tooHeavy;
  }
}

/**
 * The SVG with its embedded pictures re-encoded. The drawing library silently
 * omits pictures that it cannot read.
 */
async function withReadPictures(svg: LogoSvg): Promise<LogoSvg | LogoRefusal> {
  let { content } = svg;
  for (const { token, base64, element, line } of svg.pictures) {
    const data = await embeddedPicture(Buffer.from(base64, 'base64'));
    if (typeof data !== 'string')
      return refuse('logo-svg-picture', `The picture in <${element}> on line ${line} ${data.reason}.`, data.remedy, {
        line,
      });
    content = content.replace(`"${token}"`, `"${data}"`);
  }
  return { ...svg, content };
}

function adviceOn({ texts, missing }: LogoSvg): LogoFeedback[] {
  const advice: LogoFeedback[] = [];
  const letters = texts.find(({ kind }) => kind === 'letters');
  const font = texts.find(({ kind }) => kind === 'font');
  const [variable] = missing;
  if (letters !== undefined)
    advice.push({
      code: 'logo-letters-missing',
      message: `“${letters.what}” in the text “${letters.text}” on line ${letters.line} cannot be drawn: no font here has it.`,
      remedy: 'Convert the text to shapes (“Object to path”, “Create outlines”) and upload it again.',
      named: { text: letters.text, character: letters.what, line: letters.line },
    });
  if (font !== undefined)
    advice.push({
      code: 'logo-font-missing',
      message: `The text “${font.text}” on line ${font.line} is in ${font.what}. That font is not in the file, so it is drawn in Noto Sans.`,
      remedy: 'Convert the text to shapes (“Object to path”, “Create outlines”) and upload it again.',
      named: { text: font.text, font: font.what, line: font.line },
    });
  if (variable !== undefined)
    advice.push({
      code: 'logo-variable-missing',
      message: `${variable.what} on line ${variable.line} has no value in the file, so its shapes may be black.`,
      remedy: 'Export it with fixed colours.',
      named: { variable: variable.what, line: variable.line },
    });
  return advice;
}

const tooHeavy = refuse(
  'logo-svg-too-heavy',
  'The SVG cannot be drawn, or takes too long to draw.',
  'Simplify it, or upload a PNG.',
);
