import { useCallback } from 'react';
import type { Problem } from '#contracts';
import { useSentence } from './sentence';

/** A refusal of the API in the interface's language; in the API's own words where there are none. */
export function useRefusal(): (problem: Pick<Problem, 'code' | 'detail' | 'details'>) => string {
  const sentence = useSentence();
  return useCallback(({ code, detail, details }) => sentence('problems', kindOf(code), detail, details), [sentence]);
}

/** Not found, with a way out of their own. */
const OWN_WAY_OUT: readonly string[] = [
  'sending-domain.not-found',
  'relay.not-found',
  'file.not-found',
  'blob.not-found',
];

/** Whatever else is not found, is not found alike. */
const kindOf = (code: string): string =>
  code.endsWith('.not-found') && !OWN_WAY_OUT.includes(code) ? 'not-found' : code;
