/** A difference with its position and an excerpt. */
export interface Finding {
  /** `locked-copy`, `hole-value`, `mime`, … */
  readonly code: string;
  /** `html`, `text`, `subject`; `file` for documents, pictures and the like. */
  readonly part: 'html' | 'text' | 'subject' | 'file';
  /**
   * The lock that contains the difference. null outside named locks, where
   * everything except holes is locked too.
   */
  readonly lock: string | null;
  /** Byte offset in the decoded part, from 0; null without a position. */
  readonly offset: number | null;
  /** From 1. */
  readonly line: number | null;
  readonly expected: string;
  readonly found: string;
  readonly message: string;
  readonly remedy: string;
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
    remedy: 'Do not trust this copy: ask for the original, or send it again from the campaign.',
  };
}

/** A finding about a whole part or file. */
export function findingOf(
  part: Finding['part'],
  what: Pick<Finding, 'code' | 'message' | 'remedy'> & Partial<Pick<Finding, 'expected' | 'found' | 'lock'>>,
): Finding {
  return { lock: null, offset: null, line: null, expected: '', found: '', ...what, part };
}
