import type { SealedMaster } from '#contracts';
import { type ByteMatch, type FinalParts, matchBytes, type PinnedValues } from './byte-match.js';
import { type Finding, findingOf } from './finding.js';
import { HoleReader, type HoleValue } from './hole-value.js';
import { withAnswers } from './partner-answers.js';
import { type GraphNode, graphOf, PARTS } from './program-graph.js';

/**
 * What is known besides the manifest. The more is known, the fewer values are
 * valid.
 */
export interface CopyContext {
  /** Allowed origins of the product's own URLs. */
  readonly origins: readonly string[];
  /**
   * Null if the partner's copy is unknown: then every value in its hole's
   * language passes.
   */
  readonly partner: {
    readonly partnerHosts: readonly string[];
    /** By path, in HTML form. */
    readonly values: Readonly<Record<string, string>>;
  } | null;
}

/**
 * An approved value is not allowed in its hole. Nothing made with it can be
 * sealed.
 */
export class ValueOutOfLanguage extends Error {
  override readonly name = 'ValueOutOfLanguage';
  constructor(readonly path: string) {
    super(`The approved value of ${path} is not allowed there. Correct the brand profile and launch again.`);
  }
}

/** A master prepared for verifying many final copies. */
export interface PreparedCopy {
  /** With the parts that the partner chose, if its values are known. */
  readonly master: SealedMaster;
  readonly graph: GraphNode;
  readonly reader: HoleReader;
  /** Approved values by hole. */
  readonly values: ReadonlyMap<number, HoleValue>;
}

/**
 * Prepares verification: once per activation and locale, about a millisecond.
 * @throws ValueOutOfLanguage if an approved value is not in its hole's
 *   language, or a brand hole has none.
 */
export function prepareCopy(sealed: SealedMaster, known: CopyContext): PreparedCopy {
  const hosts = { own: known.origins, partner: known.partner?.partnerHosts ?? null };
  const reader = new HoleReader(sealed.holes, sealed.slots, hosts);
  const values = new Map<number, HoleValue>();
  for (const [number, hole] of sealed.holes.entries()) {
    if (known.partner === null || hole.stage !== 'brand') continue;
    const html = known.partner.values[hole.path];
    const value = html === undefined ? null : reader.fromHtml(number, html);
    if (value === null) throw new ValueOutOfLanguage(hole.path);
    values.set(number, value);
  }
  const master = withAnswers(sealed, values);
  const parts = master.kind === 'email' ? PARTS : (['html'] as const);
  return {
    master,
    reader,
    values,
    graph: graphOf(
      parts.map((part) => [part, master[part]] as const),
      values,
    ),
  };
}

/**
 * Matches decoded parts to the last byte.
 * @param pins known values of recipient holes, by path.
 */
export function verifyParts(copy: PreparedCopy, parts: FinalParts, pins?: PinnedValues): ByteMatch {
  const missing = copy.master.kind === 'email' ? PARTS.find((part) => parts[part] === undefined) : undefined;
  if (missing === undefined) return matchBytes(copy.graph, copy.reader, parts, pins);
  const finding: Finding = findingOf(missing, {
    code: 'part-missing',
    message: `The copy has no ${missing} part.`,
    remedy: 'Give the whole message as it was received.',
  });
  return { finding, reached: 0, values: new Map(), choices: new Map() };
}
