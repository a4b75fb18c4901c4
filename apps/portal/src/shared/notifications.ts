import { request } from './request';

/** Of the bell and of the list. */
export const NOTIFICATIONS_KEY = ['notifications'];

/** @param body `ids`: only these; `isRead` false marks them as unread. */
export const readNotifications = (body: unknown) => request('POST /notifications/read', { body });
