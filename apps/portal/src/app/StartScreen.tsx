import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { HomeScreen } from '../features/home/HomeScreen';
import { loadRemainingTexts } from '../shared/i18n';
import { useSession } from '../shared/session';

const VendorHome = lazy(async () => {
  const [{ VendorHomeScreen }, { SetUpChecklist }] = await Promise.all([
    import('../features/vendor-home/VendorHomeScreen'),
    import('../features/set-up/SetUpChecklist'),
    loadRemainingTexts(),
  ]);
  return { default: () => <VendorHomeScreen above={<SetUpChecklist />} /> };
});

/**
 * The first screen: a partner's home, or a vendor's.
 * The partner's is part of the main bundle.
 */
export function StartScreen() {
  const { organisation } = useSession();
  if (organisation?.kind !== 'vendor') return <HomeScreen />;
  return (
    <Suspense fallback={<Skeleton height={320} radius="lg" />}>
      <VendorHome />
    </Suspense>
  );
}
