import type { ActivationDetail } from '#contracts';
import { ExperimentsSection } from '../../shared/ExperimentsSection';
import { HoldOutCard } from './HoldOutCard';
import { TestCard } from './TestCard';
import { useActivationExperiments } from './api';

/** What the hold-out and the test of a campaign show the partner. Nothing for a campaign without them. */
export function ActivationExperiments({ activation: { id, names } }: { readonly activation: ActivationDetail }) {
  const { data } = useActivationExperiments(id);
  if (data === undefined) return null;
  const { holdOut, earlierHoldOuts, test } = data;
  return (
    <ExperimentsSection
      csv={`/activations/${id}/experiments.csv`}
      holdOut={
        holdOut === null
          ? null
          : [holdOut, ...earlierHoldOuts].map((result) => (
              <HoldOutCard key={result.version} result={result} isOfSeveral={earlierHoldOuts.length > 0} />
            ))
      }
      test={test === null ? null : <TestCard result={test} names={names} />}
    />
  );
}
