import type { VendorTermsState } from '#contracts';
import type { TermsAcceptance, TermsForPartner } from '#joining';

export const acceptanceView = ({
  number,
  acceptedBy,
  acceptedAt,
  language,
  textHash,
}: TermsAcceptance): NonNullable<VendorTermsState['acceptance']> => ({
  number,
  acceptedBy,
  acceptedAt: acceptedAt.toISOString(),
  language,
  textHash,
});

/** Terms of a vendor as its partner sees them, without their text. */
export const vendorTermsState = ({
  number,
  effectiveOn,
  acceptBy,
  isRequired,
  acceptance,
  isOverdue,
}: TermsForPartner): VendorTermsState => ({
  number,
  effectiveOn,
  acceptBy,
  isRequired,
  acceptance: acceptance === null ? null : acceptanceView(acceptance),
  isOverdue,
});
