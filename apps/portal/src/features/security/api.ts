import { useQuery } from '@tanstack/react-query';
import { get, request } from '../../shared/request';

export const securityKeys = {
  security: ['security'],
  sessions: ['sessions'],
  policy: ['sign-in-policy'],
} as const;

export const useSecurity = () => useQuery({ queryKey: securityKeys.security, queryFn: get('/account/security') });

export const useOpenSessions = () => useQuery({ queryKey: securityKeys.sessions, queryFn: get('/sessions') });

export const useSignInPolicy = () => useQuery({ queryKey: securityKeys.policy, queryFn: get('/sign-in-policy') });

export const saveSignInPolicy = (body: unknown) => request('PUT /sign-in-policy', { body });

export const changePassword = (body: unknown) => request('PUT /account/password', { body });

export const changeEmail = (body: unknown) => request('POST /account/email', { body });

export const renamePasskey = (passkeyId: string, body: unknown) =>
  request('PATCH /account/passkeys/:passkeyId', { params: { passkeyId }, body });

export const removePasskey = (passkeyId: string) =>
  request('DELETE /account/passkeys/:passkeyId', { params: { passkeyId } });

export const startTotp = () => request('POST /account/totp');

export const turnOnTotp = (body: unknown) => request('POST /account/totp/confirmation', { body });

export const turnOffTotp = () => request('DELETE /account/totp');

export const renewRecoveryCodes = () => request('POST /account/recovery-codes');

export const endSession = (sessionId: string) => request('DELETE /sessions/:sessionId', { params: { sessionId } });

export const endAllSessions = () => request('DELETE /sessions');
