import type { DryRunView, OfferDetail } from '#contracts';
import { useStepName } from '../../../shared/step-name';

type Kind = DryRunView['steps'][number]['kind'];

/** Name of a step, the same as after the launch. */
export function usePreviewStepName({ names }: OfferDetail): (stepKey: string, kind: Kind) => string {
  const stepName = useStepName();
  return (stepKey, kind) =>
    stepName({ stepKey, kind, number: names.find((one) => one.stepKey === stepKey)?.number ?? null });
}
