import type { DryRunView, OfferDetail } from '#contracts';
import { useStepWords } from '../../../shared/step-name';

type Kind = DryRunView['steps'][number]['kind'];

/** What a step is called beside the previews, as it is once the campaign runs. */
export function useStepName({ names }: OfferDetail): (stepKey: string, kind: Kind) => string {
  const inWords = useStepWords();
  return (stepKey, kind) =>
    inWords({ stepKey, kind, number: names.find((one) => one.stepKey === stepKey)?.number ?? null });
}
