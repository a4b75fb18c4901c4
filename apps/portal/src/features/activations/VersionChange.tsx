import type { ActivationDetail } from '#contracts';
import { useActivationUpdate } from './api';
import { NewerVersion } from './NewerVersion';
import { UpdateOfVersion } from './UpdateOfVersion';

/** The vendor's update of a running campaign; without one, the newer version that can be launched. */
export function VersionChange({ activation }: { readonly activation: ActivationDetail }) {
  const found = useActivationUpdate(activation.id);
  const isRunning = activation.status === 'active' || activation.status === 'held';
  const update = found.data?.update ?? null;
  if (found.isPending) return null;
  if (update === null || !isRunning) return <NewerVersion activation={activation} />;
  return <UpdateOfVersion activation={activation} update={update} />;
}
