import { DomainError } from '#kernel';

/** What a vendor can answer next about a shared lead. */
const NEXT = {
  none: ['accepted', 'declined'],
  accepted: ['accepted', 'done', 'declined'],
  declined: ['declined', 'accepted'],
  done: ['done', 'accepted'],
} as const satisfies Record<string, readonly string[]>;

export type AnswerStatus = Exclude<keyof typeof NEXT, 'none'>;

/** A vendor's answer about a shared lead. */
export interface DisclosureAnswer {
  readonly status: AnswerStatus;
  readonly note: string | null;
  /** The user of the vendor. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * The answers that are possible now. The last status is among them: a vendor may
 * add a note.
 * @param last null: not answered yet.
 */
export const nextAnswers = (last: AnswerStatus | null): readonly AnswerStatus[] => NEXT[last ?? 'none'];

/** @throws DomainError `disclosure.answer` when the way is not open. */
export function checkAnswer(last: AnswerStatus | null, to: AnswerStatus): void {
  const open = nextAnswers(last);
  if (open.includes(to)) return;
  throw new DomainError(
    'disclosure.answer',
    `This shared lead is ${last ?? 'not answered yet'}; it cannot become ${to}. Possible: ${open.join(', ')}.`,
    { field: 'status', from: last, to, possible: [...open] },
    { kind: 'conflict' },
  );
}
