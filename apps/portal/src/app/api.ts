import { request } from '../shared/request';

export const signOut = () => request('DELETE /session');

export const switchOrganisation = (body: unknown) => request('POST /session/organisation', { body });

/** @param body `until`: news until then count as read. */
export const readNews = (body: unknown) => request('POST /news/read', { body });

export const confirmIdentity = (body: unknown) => request('POST /session/confirmation', { body });
