import type { ActivationView } from '#contracts';

/**
 * Keys of what the home says of a campaign that is held. Only its vendor can let
 * a campaign go on that it has paused or recalled.
 */
export function heldTexts({ statusReason }: Pick<ActivationView, 'statusReason'>) {
  if (statusReason === 'recalled by the vendor')
    return { heading: 'next.recalled', text: 'next.recalledText' } as const;
  if (statusReason === 'by the vendor') return { heading: 'next.held', text: 'next.vendorHeldText' } as const;
  return { heading: 'next.held', text: 'next.heldText' } as const;
}
