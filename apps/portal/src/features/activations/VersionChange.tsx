import type { ActivationDetail } from '#contracts';
import { useActivationUpdate } from './api';
import { NewerVersion } from './NewerVersion';
import { PastUpdate } from './PastUpdate';
import { UpdateOfVersion } from './UpdateOfVersion';

/** The vendor's update of a running campaign; without one, the newer version that can be launched. */
export function VersionChange({ activation }: { readonly activation: ActivationDetail }) {
  const found = useActivationUpdate(activation.id);
  const isRunning = activation.status === 'active' || activation.status === 'held';
  if (found.isPending) return null;
  const { update = null, past = null } = found.data ?? {};
  if (update !== null && isRunning) return <UpdateOfVersion activation={activation} update={update} />;
  return (
    <>
      {past !== null && <PastUpdate activationId={activation.id} past={past} isRunning={isRunning} />}
      <NewerVersion activation={activation} />
    </>
  );
}
