import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { SessionView } from '#contracts';
import { ApiProblem, endSession, onSessionRenewed, rememberCsrfToken } from './api';
import { subscribeToTabs, notifyOtherTabs } from './session-channel';
import { fetchSession } from './requests';

const SESSION_KEY = ['session'] as const;

/**
 * Loads the session. If the user or organisation has changed in another tab,
 * all cached data is cleared. If the session has ended, the screen stays and a
 * password dialog opens.
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

/**
 * Clears all data except the session.
 * A full clear would leave its observers with the old one.
 */
function clearCache(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
}

/** The current session; null if not signed in. */
export const useSessionQuery = () =>
  useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 60_000, refetchOnWindowFocus: 'always' });

/**
 * After a sign-in in another tab, resumes with the new session of the same
 * user, or switches to the other user.
 */
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

/** Follows sign-in and sign-out in other tabs of this browser. */
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

/**
 * Starts a session after sign-in or a switch of organisation.
 * Clears the data of the last one.
 */
export function useStartSession(): (session: SessionView | null) => void {
  const client = useQueryClient();
  return (session) => {
    if (session !== null) rememberCsrfToken(session.csrfToken);
    clearCache(client);
    client.setQueryData(SESSION_KEY, session);
    notifyOtherTabs(session === null ? 'ended' : 'changed');
  };
}

/**
 * Resumes with a new session of the same user.
 * The screen stays.
 */
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

/** Reads the session again, after a change of the person's sign-in. */
export function useReloadSession(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: SESSION_KEY });
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

/** Session of the signed-in user. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This screen needs a session. Render it inside SessionProvider.');
  return session;
}

/** Returns a permission check, to hide actions that the API would refuse. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
