import { useCallback } from 'react';
import type { Problem } from '#contracts';
import { useTranslateCode } from './translate-code';

/**
 * Translated error of the API.
 * The API's own English text if there is no translation.
 */
export function useProblemText(): (problem: Pick<Problem, 'code' | 'detail' | 'details'>) => string {
  const translateCode = useTranslateCode();
  return useCallback(
    ({ code, detail, details }) => translateCode('problems', textKeyOf(code), detail, details),
    [translateCode],
  );
}

/** Not-found errors with a text of their own. */
const SPECIFIC_NOT_FOUND: readonly string[] = [
  'sending-domain.not-found',
  'relay.not-found',
  'file.not-found',
  'blob.not-found',
];

/** All other not-found errors share one text. */
const textKeyOf = (code: string): string =>
  code.endsWith('.not-found') && !SPECIFIC_NOT_FOUND.includes(code) ? 'not-found' : code;
