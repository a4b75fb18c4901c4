import { useCallback } from 'react';
import type { Problem } from '#contracts';
import { useTranslateCode } from './translate-code';

/** A refusal of the API in the interface's language; in the API's own words where there are none. */
export function useProblemText(): (problem: Pick<Problem, 'code' | 'detail' | 'details'>) => string {
  const translateCode = useTranslateCode();
  return useCallback(
    ({ code, detail, details }) => translateCode('problems', textKeyOf(code), detail, details),
    [translateCode],
  );
}

/** Not found, with a way out of their own. */
const SPECIFIC_NOT_FOUND: readonly string[] = [
  'sending-domain.not-found',
  'relay.not-found',
  'file.not-found',
  'blob.not-found',
];

/** Whatever else is not found, is not found alike. */
const textKeyOf = (code: string): string =>
  code.endsWith('.not-found') && !SPECIFIC_NOT_FOUND.includes(code) ? 'not-found' : code;
