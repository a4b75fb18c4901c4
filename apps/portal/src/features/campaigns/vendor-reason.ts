import { useTranslateCode } from '../../shared/translate-code';

interface Reason {
  readonly reason: string;
  /** The API's English. */
  readonly sentence: string;
}

/** Why a contact gets no e-mail, in words for a vendor. */
export function useVendorReason(): (why: Reason) => string {
  const translateCode = useTranslateCode();
  return ({ reason, sentence }) => translateCode('vendorReasons', reason, translateCode('reasons', reason, sentence));
}
