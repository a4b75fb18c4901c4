import { Center, Loader, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, Outlet, RouterProvider } from 'react-router';
import { isSilence } from '../shared/api';
import { againOf } from '../shared/Page';
import { readersLocale } from '../shared/reader';
import { ProblemNote } from '../shared/ProblemNote';
import { SignInScreen } from '../features/account/SignInScreen';
import { Broken } from './Broken';
import { Frame } from './Frame';
import { Lost } from './Lost';
import { partnerRoutes, publicRoutes, sharedRoutes, vendorRoutes } from './routes';
import { SignedIn, useOtherTabs, useSession, useSessionQuery } from '../shared/session';
import { readableGreys, themeIn } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The library would wait for the network without a word; here it is said what cannot be reached.
      networkMode: 'always',
      // A refusal stays one; only a broken connection is worth another try.
      retry: (failures, error) => failures < 2 && isSilence(error),
    },
    mutations: { networkMode: 'always' },
  },
});

const Waiting = () => (
  <Center h="100vh">
    <Loader aria-label="Throughline" />
  </Center>
);

/** The door: whoever is not signed in signs in where they stand, so that a link leads where it said. */
function Door() {
  useOtherTabs();
  const session = useSessionQuery();
  if (session.data === undefined)
    return session.error === null ? <Waiting /> : <ProblemNote error={session.error} again={againOf(session)} />;
  // What is known of the session stands where it could not be asked anew: a form that is half filled in would go with the frame.
  if (session.data === null) return <SignInScreen />;
  return (
    <SignedIn session={session.data} key={`${session.data.user.id} ${session.data.organisation?.id ?? 'none'}`}>
      <Frame />
    </SignedIn>
  );
}

/** The same address may be a vendor's screen or a partner's; nobody sees the other's. */
function Side({ kind }: { readonly kind: 'vendor' | 'partner' }) {
  return useSession().organisation?.kind === kind ? <Outlet /> : <Lost />;
}

const router = createBrowserRouter([
  { hydrateFallbackElement: <Waiting />, errorElement: <Broken />, children: publicRoutes },
  {
    element: <Door />,
    hydrateFallbackElement: <Waiting />,
    errorElement: <Broken />,
    children: [
      {
        // Within the frame: whoever cannot see one screen can go to another.
        errorElement: <Broken />,
        children: [
          ...sharedRoutes,
          { element: <Side kind="partner" />, children: partnerRoutes },
          { element: <Side kind="vendor" />, children: vendorRoutes },
          { path: '*', element: <Lost /> },
        ],
      },
    ],
  },
]);

export function App() {
  const { t, i18n } = useTranslation();
  const theme = useMemo(() => themeIn(t('common.close'), readersLocale(i18n.language)), [t, i18n.language]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableGreys} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
