/** Where in which part, and what: enough to see the difference without a tool. */
export interface Finding {
  /** `locked-copy`, `hole-value`, `mime`, … */
  readonly code: string;
  /** `html`, `text`, `subject`; `file` for what is no mail or page. */
  readonly part: 'html' | 'text' | 'subject' | 'file';
  /** The lock in whose bytes it is; null outside of named locks, where everything but holes is locked, too. */
  readonly lock: string | null;
  /** Bytes from the beginning of the decoded part, from 0; null where there is no place. */
  readonly offset: number | null;
  /** From 1. */
  readonly line: number | null;
  readonly expected: string;
  readonly found: string;
  readonly message: string;
  readonly wayOut: string;
}

const EXCERPT = 60;

/** A finding at an index of a string, with what stands there. */
export function findingAt(
  where: { readonly part: Finding['part']; readonly whole: string; readonly index: number },
  what: Pick<Finding, 'code' | 'lock' | 'expected' | 'message'>,
): Finding {
  const before = where.whole.slice(0, where.index);
  return {
    ...what,
    part: where.part,
    offset: Buffer.byteLength(before),
    line: before.split('\n').length,
    expected: what.expected.slice(0, EXCERPT),
    found: where.whole.slice(where.index, where.index + EXCERPT),
    wayOut: 'Do not trust this copy: ask for the original, or send it again from the campaign.',
  };
}

/** A finding about a whole part or file. */
export function findingOf(
  part: Finding['part'],
  what: Pick<Finding, 'code' | 'message' | 'wayOut'> & Partial<Pick<Finding, 'expected' | 'found' | 'lock'>>,
): Finding {
  return { lock: null, offset: null, line: null, expected: '', found: '', ...what, part };
}
