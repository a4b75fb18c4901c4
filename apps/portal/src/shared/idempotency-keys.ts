import { useCallback, useRef } from 'react';

interface IdempotencyKeys {
  /** @param what is asked for, as JSON has it. @returns its key, the same for the same. */
  readonly keyOf: (what: unknown) => string;
  /** What is asked for from now on is a new intention. */
  readonly forget: () => void;
}

/** Values of the header `Idempotency-Key`: asked for again after a silence, in which it may have been heard, the same is the same intention. */
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
