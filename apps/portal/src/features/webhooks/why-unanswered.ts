import { useSentence } from '../../shared/sentence';

/** Why an address gave no answer, in the interface's language; null where it gave one. */
export function useWhyUnanswered(): (error: string | null, code: string | null) => string | null {
  const sentence = useSentence();
  return (error, code) => (error === null ? null : sentence('problems', `call-out.${code ?? ''}`, error));
}
