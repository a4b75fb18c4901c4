import { newId, type UserId, type VendorId } from '#kernel';
import type { CampaignVersionId } from '#kernel';
import type { Action } from './action.js';
import { type NewComment, ReviewComment, threadsOf } from './review-comment.js';

const AT = new Date('2026-11-21T09:00:00Z');
const arun: Action = { userId: newId<UserId>(), byKey: false, name: 'Arun', at: AT };
const maya: Action = { userId: newId<UserId>(), byKey: false, name: 'Maya', at: AT };
const version = { id: newId<CampaignVersionId>(), vendorId: newId<VendorId>() };
const later = (by: Action, seconds: number): Action => ({ ...by, at: new Date(AT.getTime() + seconds * 1_000) });
const aComment = (remark: Partial<NewComment> = {}, by = arun): ReviewComment =>
  ReviewComment.create(version, { text: 'Name a source.', ...remark }, by);

describe('a comment on a version', () => {
  it('is open, says whose it is and what it is about', () => {
    const about = { kind: 'email', key: 'welcome' } as const;
    expect(aComment({ about })).toMatchObject({
      authorName: 'Arun',
      authorUserId: arun.userId,
      at: AT,
      returned: false,
      answers: null,
      resolvedAt: null,
      about,
    });
    expect(aComment().about).toBeNull();
  });

  it('is resolved once, by the first user, and can be opened again', () => {
    const comment = aComment();
    expect(comment.reopen()).toBe(false);
    expect(comment.resolve(later(maya, 60))).toBe(true);
    expect(comment.resolve(later(arun, 120))).toBe(false);
    expect(comment).toMatchObject({ resolvedByName: 'Maya', resolvedAt: later(maya, 60).at });
    expect(comment.reopen()).toBe(true);
    expect(comment).toMatchObject({ resolvedByName: null, resolvedByUserId: null, resolvedAt: null });
  });

  it('is the same one when it comes again within a minute, from the same person and about the same', () => {
    const again = (remark: Partial<NewComment>, by: Action): boolean => aComment().isAgain(aComment(remark, by));
    expect(again({}, later(arun, 59))).toBe(true);
    expect(again({}, later(arun, 60))).toBe(false);
    expect(again({}, maya)).toBe(false);
    expect(again({ text: 'Name two.' }, arun)).toBe(false);
    expect(again({ about: { kind: 'step', key: 'welcome' } }, arun)).toBe(false);
    const resolved = aComment();
    resolved.resolve(maya);
    expect(resolved.isAgain(aComment())).toBe(false);
  });

  it('has its own answers', () => {
    const [first, second] = [aComment(), aComment({ text: 'Shorter.' })];
    const answer = aComment({ text: 'Done.', answers: second.id }, maya);
    expect(threadsOf([first, second, answer])).toEqual([
      { comment: first, answers: [] },
      { comment: second, answers: [answer] },
    ]);
  });
});
