import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { SessionView } from '#contracts';
import { ApiProblem, call, onSessionRenewed, rememberCsrfToken } from '../shared/api';

const SESSION_KEY = ['session'] as const;

const read = async (): Promise<SessionView | null> => {
  try {
    const session = await call<SessionView>('GET', '/session');
    rememberCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 401) return null;
    throw error;
  }
};

/** Who is signed in; null for nobody. */
export const useSessionQuery = () =>
  useQuery({ queryKey: SESSION_KEY, queryFn: read, staleTime: 60_000, refetchOnWindowFocus: 'always' });

/** When another tab has signed in, this one goes on with the new session if it is the same person's, and shows whose it is if not. */
export function useRenewal(): void {
  const client = useQueryClient();
  const { user, organisation } = useSession();
  useEffect(() => {
    onSessionRenewed(async () => {
      const renewed = await client.query({ queryKey: SESSION_KEY, queryFn: read, staleTime: 0 });
      return renewed?.user.id === user.id && renewed.organisation?.id === organisation?.id;
    });
    return () => onSessionRenewed(() => Promise.resolve(false));
  }, [client, user.id, organisation?.id]);
}

/** Takes a session in after signing in or switching: everything of the last one is forgotten. */
export function useEnter(): (session: SessionView | null) => void {
  const client = useQueryClient();
  return (session) => {
    if (session !== null) rememberCsrfToken(session.csrfToken);
    // Clearing everything would leave who watches the session with the old one.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
    client.setQueryData(SESSION_KEY, session);
  };
}

/** Takes the same person's new session in and keeps what is on the screen. */
export function useReturn(): (session: SessionView) => void {
  const client = useQueryClient();
  return (session) => {
    rememberCsrfToken(session.csrfToken);
    client.setQueryData(SESSION_KEY, session);
    void client.invalidateQueries();
  };
}

const Current = createContext<SessionView | null>(null);

export function SignedIn({ session, children }: { readonly session: SessionView; readonly children: ReactNode }) {
  return <Current value={session}>{children}</Current>;
}

/** The session inside the signed-in part of the portal. */
export function useSession(): SessionView {
  const session = useContext(Current);
  if (session === null) throw new Error('A screen for signed-in people was shown to nobody.');
  return session;
}

/** Whether the signed-in person may, for hiding what the API would refuse. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
