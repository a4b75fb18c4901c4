import type { ProviderSourceView } from '#contracts';

export type Provider = ProviderSourceView['provider'];

export const PROVIDERS = ['ses', 'sendgrid', 'postmark', 'mailgun'] as const satisfies readonly Provider[];

/**
 * Text keys of the instructions per provider, before and after it has our URL.
 */
export const STEPS = {
  ses: { before: ['sesTopic', 'sesEvents', 'sesArn'], after: ['sesSubscribe', 'sesConfirm'] },
  sendgrid: { before: ['sendgridOpen', 'sendgridKey'], after: ['sendgridUrl', 'sendgridOn'] },
  postmark: { before: ['postmarkOpen'], after: ['postmarkUrl', 'postmarkHeader'] },
  mailgun: { before: ['mailgunKey'], after: ['mailgunUrl'] },
} as const satisfies Record<Provider, { before: readonly string[]; after: readonly string[] }>;

/**
 * Postmark does not sign.
 * Its URL contains a password that we generate.
 */
export const hasSecret = (provider: Provider): boolean => provider !== 'postmark';
