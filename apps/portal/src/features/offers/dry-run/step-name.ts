import { useTranslation } from 'react-i18next';
import type { DryRunView, OfferDetail } from '#contracts';

type Kind = DryRunView['steps'][number]['kind'];

/** What a step is called beside the previews: an e-mail by its number, anything else by what it does. */
export function useStepName({ emails }: OfferDetail): (stepKey: string, kind: Kind) => string {
  const { t } = useTranslation();
  return (stepKey, kind) => {
    const at = emails.findIndex((email) => email.stepKey === stepKey);
    return kind === 'email' && at !== -1 ? t('review.step', { number: at + 1 }) : t(`dryRun.kind.${kind}`, { stepKey });
  };
}
