import { request } from './request';

/** A version, by its address. */
export interface VersionRef {
  readonly campaignId: string;
  readonly number: number | string;
}

export const createComment = ({ campaignId, number }: VersionRef, body: unknown) =>
  request('POST /campaigns/:campaignId/versions/:number/comments', { params: { campaignId, number }, body });

export const answerComment = ({ campaignId, number }: VersionRef, commentId: string, text: string) =>
  request('POST /campaigns/:campaignId/versions/:number/comments/:commentId/answers', {
    params: { campaignId, number, commentId },
    body: { text },
  });

export const resolveComment = ({ campaignId, number }: VersionRef, commentId: string, action: 'resolve' | 'reopen') =>
  request(`POST /campaigns/:campaignId/versions/:number/comments/:commentId/${action}`, {
    params: { campaignId, number, commentId },
  });
