import type { Bomb } from './bomb.js';
import { PACKAGE_BOMBS } from './package-bombs.js';
import { PICTURE_BOMBS } from './picture-bombs.js';
import { TEXT_BOMBS } from './text-bombs.js';

/** Every bomb, by format and layer. */
export const CORPUS: readonly Bomb[] = [...PICTURE_BOMBS, ...PACKAGE_BOMBS, ...TEXT_BOMBS];

/** Bombs that once stopped the product, and one of each other entrance. */
const SLICE = [
  'svg: prologue <!----> (60)',
  'svg: nested <use> (14)',
  'svg: gzip of zeros, MB (1000)',
  'jpeg: scans (2000)',
  'png: zTXt, MB (500)',
  'zip: entries (65000)',
  'yaml: campaign.yaml: aliases (9)',
  'yaml: catalogue: flow sequences in one another (100000)',
  'mjml: sections (1500)',
  'html: open styles (13000)',
  'css: brackets (100000)',
  'handlebars: blocks (5000)',
  'pdf: object stream of zeros, MB (900)',
  'csv: lines of rubbish, MB (9)',
  'csv: an open quote, MB (9)',
  'mail: html: open styles (13000)',
  'mail: mime: parts in one another (20000)',
  'json: closed arrays in one another (450000)',
  'multipart: parts (50000)',
];

/** The corpus that `npm test` sends, in the order of `SLICE`. */
export const FAST_CORPUS: readonly Bomb[] = SLICE.map((name) => {
  const bomb = CORPUS.find((one) => one.name === name);
  if (bomb === undefined) throw new Error(`There is no bomb ${name}.`);
  return bomb;
});
