import { request } from '../shared/request';

export const signOut = () => request('DELETE /session');

export const switchOrganisation = (body: unknown) => request('POST /session/organisation', { body });

export const confirmIdentity = (body: unknown) => request('POST /session/confirmation', { body });
