import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { loadMoreWords } from './i18n';
import { useSession } from './session';

const Home = lazy(async () => ({ default: (await import('../features/home/HomeScreen')).HomeScreen }));
const Campaigns = lazy(async () => {
  const [{ CampaignsScreen }] = await Promise.all([import('../features/campaigns/CampaignsScreen'), loadMoreWords()]);
  return { default: CampaignsScreen };
});

/** Where each side begins: a partner at home, a vendor at its campaigns. */
export function Start() {
  const { organisation } = useSession();
  return (
    <Suspense fallback={<Skeleton height={320} radius="lg" />}>
      {organisation?.kind === 'vendor' ? <Campaigns /> : <Home />}
    </Suspense>
  );
}
