import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { SessionView } from '#contracts';
import { ApiProblem, endSession, onSessionRenewed, rememberCsrfToken } from './api';
import { subscribeToTabs, notifyOtherTabs } from './session-channel';
import { fetchSession } from './requests';

const SESSION_KEY = ['session'] as const;

/**
 * Reads who is signed in now. Where another tab has let somebody else in, or the same person for another organisation, all that was fetched
 * for the last one is forgotten; where the session has run out, the screen stays and the password is asked for over it.
 */
async function readSession({ client }: { readonly client: QueryClient }): Promise<SessionView | null> {
  const last = client.getQueryData<SessionView | null>(SESSION_KEY) ?? null;
  try {
    const session = await fetchSession();
    rememberCsrfToken(session.csrfToken);
    if (last !== null && !isSameUserAndOrganisation(last, session)) clearCache(client);
    return session;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.status !== 401) throw error;
    if (last !== null) endSession();
    return last;
  }
}

const isSameUserAndOrganisation = (one: SessionView, other: SessionView): boolean =>
  one.user.id === other.user.id && one.organisation?.id === other.organisation?.id;

/** Clearing everything would leave who watches the session with the old one. */
function clearCache(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
}

/** Who is signed in; null for nobody. */
export const useSessionQuery = () =>
  useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 60_000, refetchOnWindowFocus: 'always' });

/** When another tab has signed in, this one goes on with the new session if it is the same person's, and shows whose it is if not. */
export function useSessionRenewal(): void {
  const client = useQueryClient();
  const session = useSession();
  useEffect(() => {
    onSessionRenewed(async () => {
      const renewed = await client.query({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 0 });
      return renewed !== null && isSameUserAndOrganisation(renewed, session);
    });
    return () => onSessionRenewed(() => Promise.resolve(false));
  }, [client, session]);
}

/** Follows the other tabs of this browser at once: who signs out there is out here, and who enters there is in here. */
export function useSessionSync(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      subscribeToTabs((news) => {
        if (news === 'changed') return void client.refetchQueries({ queryKey: SESSION_KEY });
        clearCache(client);
        client.setQueryData(SESSION_KEY, null);
      }),
    [client],
  );
}

/** Takes a session in after signing in or switching: everything of the last one is forgotten. */
export function useStartSession(): (session: SessionView | null) => void {
  const client = useQueryClient();
  return (session) => {
    if (session !== null) rememberCsrfToken(session.csrfToken);
    clearCache(client);
    client.setQueryData(SESSION_KEY, session);
    notifyOtherTabs(session === null ? 'ended' : 'changed');
  };
}

/** Takes the same person's new session in and keeps what is on the screen. */
export function useResumeSession(): (session: SessionView) => void {
  const client = useQueryClient();
  return (session) => {
    rememberCsrfToken(session.csrfToken);
    const last = client.getQueryData<SessionView | null>(SESSION_KEY) ?? null;
    if (last !== null && !isSameUserAndOrganisation(last, session)) clearCache(client);
    client.setQueryData(SESSION_KEY, session);
    void client.invalidateQueries();
    notifyOtherTabs('changed');
  };
}

const SessionContext = createContext<SessionView | null>(null);

export function SessionProvider({
  session,
  children,
}: {
  readonly session: SessionView;
  readonly children: ReactNode;
}) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session inside the signed-in part of the portal. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('A screen for signed-in people was shown to nobody.');
  return session;
}

/** Whether the signed-in person may, for hiding what the API would refuse. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
