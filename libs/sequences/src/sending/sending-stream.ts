import type { SendingIdentity } from '#brand';
import type { StreamRef } from '#delivery';

/** The destination of an address: its domain, in lower case. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/**
 * The stream of an identity: a partner's own domain has one, and so has its
 * share of the mail domain.
 */
export const streamOf = ({
  fromAddress,
  hasDomain,
}: Pick<SendingIdentity, 'fromAddress' | 'hasDomain'>): Omit<StreamRef, 'partnerId'> => ({
  domain: domainOf(fromAddress),
  isOwn: hasDomain,
});
