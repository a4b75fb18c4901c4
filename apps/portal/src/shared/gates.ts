import type { EditCheck } from '#contracts';

export type Problem = EditCheck['problems'][number];

/** Quality gates of a campaign, in the order in which authors work. */
const GATES = ['files', 'locks', 'slots', 'copy', 'links', 'legal', 'recipient', 'reading', 'sequence'] as const;
export type Gate = (typeof GATES)[number];

/**
 * Code prefixes by gate; the first match wins.
 * Any other code belongs to `files`.
 */
const BEGINNINGS: readonly (readonly [RegExp, Gate])[] = [
  [/^(?:unsubscribe|postal-address|legal-name)-/, 'legal'],
  [/^lock-/, 'locks'],
  [/^(?:slot|block)-/, 'slots'],
  [/^(?:fallback|recipient|when|field-place|field-hidden)/, 'recipient'],
  [/^(?:alt|contrast|heading|text-invisible|text-disguised|colour|picture|logo|email-too-large)/, 'reading'],
  [/^(?:link|href|url|text-url)/, 'links'],
  [/^(?:step|email-twice|email-unused|transition)/, 'sequence'],
  [/^(?:key|copy|catalogue|subject|preheader|text|locale)-/, 'copy'],
];

/** The gate of a problem. */
export const gateOf = (code: string): Gate => BEGINNINGS.find(([beginning]) => beginning.test(code))?.[1] ?? 'files';

/** Every gate with its problems; a gate without problems is passed. */
export function groupByGate(
  problems: readonly Problem[],
): { readonly gate: Gate; readonly problems: readonly Problem[] }[] {
  const grouped = Map.groupBy(problems, ({ code }) => gateOf(code));
  return GATES.map((gate) => ({ gate, problems: grouped.get(gate) ?? [] }));
}
