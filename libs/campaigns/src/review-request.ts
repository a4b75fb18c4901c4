import { DomainError, type UserId } from '#kernel';
import { type CalendarDate, calendarDate } from './availability.js';

/** A person who may approve, with the name at the time of the submission. */
export interface Reviewer {
  readonly id: UserId;
  readonly name: string;
}

/** What a submitter asks for. */
export interface ReviewRequest {
  /** Empty: all approvers are asked. Other approvers may decide, too. */
  readonly reviewers: readonly Reviewer[];
  /** The day until which a decision is wanted; null: none. */
  readonly dueOn: CalendarDate | null;
}

/** All approvers, without a date. */
export const ANY_REVIEWER: ReviewRequest = { reviewers: [], dueOn: null };

/**
 * @param wanted ids of the chosen approvers; repeated ones count once.
 * @param approvers of the team.
 * @param submitter null for an API key.
 * @throws DomainError `review.reviewer-unknown` for a person who may not
 *   approve; `review.own-review` for the submitter, if there is another
 *   approver.
 */
export function chosenReviewers(
  wanted: readonly UserId[],
  approvers: readonly Reviewer[],
  submitter: UserId | null,
): Reviewer[] {
  return [...new Set(wanted)].map((id) => {
    const person = approvers.find((approver) => approver.id === id);
    if (person === undefined)
      throw new DomainError(
        'review.reviewer-unknown',
        'A chosen person may not approve campaigns. Choose approvers or owners of your team.',
        { field: 'reviewerIds', userId: id },
      );
    if (id === submitter && approvers.length > 1)
      throw new DomainError(
        'review.own-review',
        'You submit this version, so another person must review it. Choose another approver.',
        { field: 'reviewerIds', userId: id },
      );
    return { id, name: person.name };
  });
}

/** @throws DomainError `review.due-past`. */
export function requireDueDay(dueOn: CalendarDate | null, now: Date): void {
  if (dueOn === null || dueOn >= calendarDate(now)) return;
  throw new DomainError('review.due-past', 'The review is due on a past day. Choose today or a later day.', {
    field: 'dueOn',
    dueOn,
  });
}
