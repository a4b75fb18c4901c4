import { useTranslateCode } from '../../shared/translate-code';

/** Why an endpoint did not respond, translated; null if it did. */
export function useFailureReason(): (error: string | null, code: string | null) => string | null {
  const translateCode = useTranslateCode();
  return (error, code) => (error === null ? null : translateCode('problems', `call-out.${code ?? ''}`, error));
}
