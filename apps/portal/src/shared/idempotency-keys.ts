import { useCallback, useRef } from 'react';

interface IdempotencyKeys {
  /**
   * @param what the request, as JSON.
   * @returns its key, the same for the same request.
   */
  readonly keyOf: (what: unknown) => string;
  /** The next request gets a new key. */
  readonly forget: () => void;
}

/**
 * Values of the header `Idempotency-Key`. A request that is repeated after a
 * network error has the same key, because the API may have executed it.
 */
export function useIdempotencyKeys(): IdempotencyKeys {
  const keys = useRef(new Map<string, string>());
  const keyOf = useCallback((asked: unknown) => {
    const what = JSON.stringify(asked);
    const key = keys.current.get(what) ?? crypto.randomUUID();
    keys.current.set(what, key);
    return key;
  }, []);
  const forget = useCallback(() => keys.current.clear(), []);
  return { keyOf, forget };
}
