import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { HomeScreen } from '../features/home/HomeScreen';
import { loadRemainingTexts } from '../shared/i18n';
import { useSession } from '../shared/session';

const Campaigns = lazy(async () => {
  const [{ CampaignsScreen }, { SetUpChecklist }] = await Promise.all([
    import('../features/campaigns/CampaignsScreen'),
    import('../features/set-up/SetUpChecklist'),
    loadRemainingTexts(),
  ]);
  return { default: () => <CampaignsScreen above={<SetUpChecklist />} /> };
});

/**
 * The first screen: a partner's home, or a vendor's campaigns.
 * The home is part of the main bundle.
 */
export function StartScreen() {
  const { organisation } = useSession();
  if (organisation?.kind !== 'vendor') return <HomeScreen />;
  return (
    <Suspense fallback={<Skeleton height={320} radius="lg" />}>
      <Campaigns />
    </Suspense>
  );
}
