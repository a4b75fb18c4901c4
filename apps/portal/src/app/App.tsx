import { Center, Loader, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, Outlet, RouterProvider } from 'react-router';
import { isNetworkError } from '../shared/api';
import { retryOf } from '../shared/Page';
import { userLocale } from '../shared/user-locale';
import { ProblemNote } from '../shared/ProblemNote';
import { SignInScreen } from '../features/account/SignInScreen';
import { ErrorScreen } from './ErrorScreen';
import { AppShell } from './AppShell';
import { NotFoundScreen } from './NotFoundScreen';
import { partnerRoutes, publicRoutes, sharedRoutes, vendorRoutes } from './routes';
import { SessionProvider, useSessionSync, useSession, useSessionQuery } from '../shared/session';
import { accessibleColours, createPortalTheme } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The library would wait for the network without a word; here it is said what cannot be reached.
      networkMode: 'always',
      // A refusal stays one; only a broken connection is worth another try.
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

/** The door: whoever is not signed in signs in where they stand, so that a link leads where it said. */
function SignedInRoute() {
  useSessionSync();
  const session = useSessionQuery();
  if (session.data === undefined)
    return session.error === null ? <LoadingScreen /> : <ProblemNote error={session.error} again={retryOf(session)} />;
  // What is known of the session stands where it could not be asked anew: a form that is half filled in would go with the frame.
  if (session.data === null) return <SignInScreen />;
  return (
    <SessionProvider session={session.data} key={`${session.data.user.id} ${session.data.organisation?.id ?? 'none'}`}>
      <AppShell />
    </SessionProvider>
  );
}

/** The same address may be a vendor's screen or a partner's; nobody sees the other's. */
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
        // Within the frame: whoever cannot see one screen can go to another.
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
  const { t, i18n } = useTranslation();
  const theme = useMemo(() => createPortalTheme(t('common.close'), userLocale(i18n.language)), [t, i18n.language]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={accessibleColours} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
