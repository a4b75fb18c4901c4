import type { ActivationDetail } from '#contracts';

/** E-mails of an activation that were sent; its other steps send none. */
export const emailsSent = ({ names, steps }: Pick<ActivationDetail, 'names' | 'steps'>): number =>
  steps
    .filter(({ stepKey }) => names.some((name) => name.stepKey === stepKey && name.kind === 'email'))
    .reduce((sum, { sent }) => sum + sent, 0);
