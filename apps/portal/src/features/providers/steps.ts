import type { ProviderSourceView } from '#contracts';

export type Provider = ProviderSourceView['provider'];

export const PROVIDERS = ['ses', 'sendgrid', 'postmark', 'mailgun'] as const satisfies readonly Provider[];

/** What is done at each provider before it has an address of ours, and with it: names of texts. */
export const STEPS = {
  ses: { before: ['sesTopic', 'sesEvents', 'sesArn'], after: ['sesSubscribe', 'sesConfirm'] },
  sendgrid: { before: ['sendgridOpen', 'sendgridKey'], after: ['sendgridUrl', 'sendgridOn'] },
  postmark: { before: ['postmarkOpen'], after: ['postmarkUrl', 'postmarkHeader'] },
  mailgun: { before: ['mailgunKey'], after: ['mailgunUrl'] },
} as const satisfies Record<Provider, { before: readonly string[]; after: readonly string[] }>;

/** Postmark signs nothing: its password is made here and stands in the address. */
export const hasSecret = (provider: Provider): boolean => provider !== 'postmark';
