import { get, request } from '../../../shared/request';

/** How far the languages of a campaign are. */
export const fetchDesk = (campaignId: string) => get('/campaigns/:campaignId/translations', { params: { campaignId } });

/** What a request of the desk is about. */
interface OfLanguage {
  readonly campaignId: string;
  readonly locale: string;
}

export const sayTranslated = (of: OfLanguage, body: unknown) =>
  request('POST /campaigns/:campaignId/translations/:locale', { params: { ...of }, body });

export const sayReviewed = (of: OfLanguage, body: unknown) =>
  request('POST /campaigns/:campaignId/translations/:locale/reviews', { params: { ...of }, body });

export const takeReviewsBack = (of: OfLanguage, body: unknown) =>
  request('POST /campaigns/:campaignId/translations/:locale/reopened', { params: { ...of }, body });

export const askForReview = (of: OfLanguage, body: unknown) =>
  request('POST /campaigns/:campaignId/translations/:locale/requests', { params: { ...of }, body });

/** What a translator's file would change. */
export const checkXliff = (of: OfLanguage, form: FormData) =>
  request('POST /campaigns/:campaignId/translations/:locale/xliff-checks', { params: { ...of }, form });

export const fetchTranslationRule = () => get('/translation-rule');

export const chooseReviewer = (locale: string, userId: string | null) =>
  request('PUT /translation-rule/reviewers/:locale', { params: { locale }, body: { userId } });

export const changeTranslationRule = (body: unknown) => request('PATCH /translation-rule', { body });
