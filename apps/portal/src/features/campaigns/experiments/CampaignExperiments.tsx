import { ExperimentsSection } from '../../../shared/ExperimentsSection';
import { useCampaignExperiments } from './api';
import { ProgrammeHoldOut } from './ProgrammeHoldOut';
import { ProgrammeTest } from './ProgrammeTest';

/** What the hold-outs and the test of a campaign show its vendor. Nothing for a campaign without them. */
export function CampaignExperiments({ campaignId }: { readonly campaignId: string }) {
  const { data } = useCampaignExperiments(campaignId);
  if (data === undefined) return null;
  const { holdOut, test, version } = data;
  return (
    <ExperimentsSection
      csv={`/campaigns/${campaignId}/experiments.csv`}
      holdOut={holdOut === null ? null : <ProgrammeHoldOut result={holdOut} />}
      test={test === null ? null : <ProgrammeTest campaignId={campaignId} number={version} result={test} />}
    />
  );
}
