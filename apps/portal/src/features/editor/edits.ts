import { useLocalStorage } from '@mantine/hooks';
import type { PackageFiles } from '#contracts';

/** New text by path; null takes a file away. */
export type Changes = Readonly<Record<string, string | null>>;

/** The written files of a version as somebody is changing them. */
export interface Desk {
  readonly changes: Changes;
  /** A file as it stands now; empty where there is none. */
  readonly textOf: (path: string) => string;
  /** Every written file as it stands now. */
  readonly texts: Readonly<Record<string, string>>;
  readonly write: (texts: Readonly<Record<string, string>>) => void;
  readonly forget: () => void;
  /** What goes with this session of the editor: what can be taken back, by whom it was written. */
  readonly session: Map<string, unknown>;
}

/**
 * What somebody has changed and not saved. It stays in this browser, with the very package it was written for: a closed tab, an
 * ended session or a broken connection loses nothing.
 */
export function useDesk(versionId: string, { packageHash, files }: PackageFiles, session: Map<string, unknown>): Desk {
  const [changes, setChanges, forget] = useLocalStorage<Changes>({
    key: `throughline-edit-${versionId}-${packageHash}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const saved = Object.fromEntries(files.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as const])));
  const written = Object.entries(changes).filter((change): change is [string, string] => change[1] !== null);
  const texts = { ...saved, ...Object.fromEntries(written) };
  return {
    changes,
    texts,
    textOf: (path) => texts[path] ?? '',
    /** Writing back what is saved is no change. */
    write: (newTexts) => {
      setChanges((current) =>
        Object.fromEntries(Object.entries({ ...current, ...newTexts }).filter(([path, text]) => text !== saved[path])),
      );
    },
    forget,
    session,
  };
}
