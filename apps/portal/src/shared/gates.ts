import type { EditCheck } from '#contracts';

export type Problem = EditCheck['problems'][number];

/** What is looked at before a campaign may go out, in the order in which an author gets it right. */
const GATES = ['files', 'locks', 'slots', 'copy', 'links', 'legal', 'recipient', 'reading', 'sequence'] as const;
export type Gate = (typeof GATES)[number];

/** Codes of problems by their beginning; the first that fits decides. What fits none is about the files. */
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

/** The gate that a problem is about. */
export const gateOf = (code: string): Gate => BEGINNINGS.find(([beginning]) => beginning.test(code))?.[1] ?? 'files';

/** Every gate with what is said about it; one without is passed. */
export function groupByGate(
  problems: readonly Problem[],
): { readonly gate: Gate; readonly problems: readonly Problem[] }[] {
  const grouped = Map.groupBy(problems, ({ code }) => gateOf(code));
  return GATES.map((gate) => ({ gate, problems: grouped.get(gate) ?? [] }));
}
