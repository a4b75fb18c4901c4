import { useLocalStorage } from '@mantine/hooks';

/** New text by path; null takes a file away. */
export type Changes = Readonly<Record<string, string | null>>;

/**
 * What somebody has changed and not saved. It stays in this browser, with the very package it was written for: a closed tab, an
 * ended session or a broken connection loses nothing.
 */
export function useEdits(versionId: string, packageHash: string) {
  const [changes, setChanges, forget] = useLocalStorage<Changes>({
    key: `throughline-edit-${versionId}-${packageHash}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  return {
    changes,
    /** Writing back what is saved is no change. */
    write: (path: string, text: string, saved: string | null) => {
      setChanges((current) => {
        const others = Object.fromEntries(Object.entries(current).filter(([name]) => name !== path));
        return text === saved ? others : { ...others, [path]: text };
      });
    },
    forget,
  };
}
