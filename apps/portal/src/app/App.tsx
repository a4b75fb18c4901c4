import { Center, Loader, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, Outlet, RouterProvider } from 'react-router';
import { isNetworkError } from '../shared/api';
import { retryOf } from '../shared/Page';
import { pickerLocale, usesHalfDays } from '../shared/picker-locale';
import { useUserLocale, useWeekStart } from '../shared/user-locale';
import { ProblemNote } from '../shared/ProblemNote';
import { SignInScreen } from '../features/account/SignInScreen';
import { ErrorScreen } from './ErrorScreen';
import { AppShell } from './AppShell';
import { NotFoundScreen } from './NotFoundScreen';
import { partnerRoutes, publicRoutes, sharedRoutes, vendorRoutes } from './routes';
import { SessionProvider, useSessionSync, useSession, useSessionQuery } from '../shared/session';
import { useStaleEdits } from '../shared/stale-edits';
import { accessibleColours, createPortalTheme } from './theme';
import { refreshAfterChanges } from './refresh-states';

const queries: QueryClient = new QueryClient({
  mutationCache: refreshAfterChanges(() => queries),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // By default the library pauses requests while offline.
      // Here they fail, and the screen says so.
      networkMode: 'always',
      // Only network errors are retried.
      // A refusal by the API is final.
      retry: (failures, error) => failures < 2 && isNetworkError(error),
    },
    mutations: { networkMode: 'always' },
  },
});

const LoadingScreen = () => (
  <Center h="100vh">
    <Loader aria-label="Throughline" />
  </Center>
);

/**
 * Shows the sign-in screen in place of the requested one, so that links still
 * work after sign-in.
 */
function SignedInRoute() {
  useSessionSync();
  useStaleEdits();
  const session = useSessionQuery();
  if (session.data === undefined)
    return session.error === null ? <LoadingScreen /> : <ProblemNote error={session.error} again={retryOf(session)} />;
  // A failed refetch of the session is ignored.
  // Otherwise a half-filled form would disappear with the screen.
  if (session.data === null) return <SignInScreen />;
  return (
    <SessionProvider session={session.data} key={`${session.data.user.id} ${session.data.organisation?.id ?? 'none'}`}>
      <AppShell />
    </SessionProvider>
  );
}

/**
 * Vendor and partner screens may share an address.
 * Each user gets the screen of their own organisation.
 */
function OrganisationRoute({ kind }: { readonly kind: 'vendor' | 'partner' }) {
  return useSession().organisation?.kind === kind ? <Outlet /> : <NotFoundScreen />;
}

const router = createBrowserRouter([
  { hydrateFallbackElement: <LoadingScreen />, errorElement: <ErrorScreen />, children: publicRoutes },
  {
    element: <SignedInRoute />,
    hydrateFallbackElement: <LoadingScreen />,
    errorElement: <ErrorScreen />,
    children: [
      {
        // Inside the app shell, so that the user can navigate away from a
        // screen that fails.
        errorElement: <ErrorScreen />,
        children: [
          ...sharedRoutes,
          { element: <OrganisationRoute kind="partner" />, children: partnerRoutes },
          { element: <OrganisationRoute kind="vendor" />, children: vendorRoutes },
          { path: '*', element: <NotFoundScreen /> },
        ],
      },
    ],
  },
]);

export function App() {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const weekStartsOn = useWeekStart();
  const theme = useMemo(
    () =>
      createPortalTheme(
        { close: t('common.close'), showPassword: t('common.showPassword') },
        pickerLocale(locale, weekStartsOn),
        usesHalfDays(locale),
        {
          dialog: t('picker.dialog'),
          previous: t('picker.previous'),
          next: t('picker.next'),
          done: t('picker.done'),
        },
      ),
    [t, locale, weekStartsOn],
  );
  return (
    <MantineProvider theme={theme} cssVariablesResolver={accessibleColours} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
