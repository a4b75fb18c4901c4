import { useTranslateCode } from '../../shared/translate-code';

/** Why an address gave no answer, in the interface's language; null where it gave one. */
export function useFailureReason(): (error: string | null, code: string | null) => string | null {
  const translateCode = useTranslateCode();
  return (error, code) => (error === null ? null : translateCode('problems', `call-out.${code ?? ''}`, error));
}
