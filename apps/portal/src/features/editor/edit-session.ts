import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { useDraft, useOtherDrafts } from '../../shared/draft';
import {
  allChanges,
  type Conflict,
  type DraftFile,
  type FileEdits,
  type LocalEdit,
  NO_EDIT,
  packagedTexts,
  storedTexts,
  uploadsOf,
  withoutPath,
  withWritten,
} from './draft-sync';
import { withLineEndsOf, withLineFeeds } from './line-ends';
import { isEdit } from './merge-edits';
import { useAutosave } from './use-autosave';

export type { FileEdits } from './draft-sync';

/** Files of a version with the changes that are not in it yet. */
export interface EditSession {
  /** All changes of texts to the package. */
  readonly changes: FileEdits;
  /** Current text of a file, with line feeds; empty if there is none. */
  readonly textOf: (path: string) => string;
  /** Current text of every file. */
  readonly texts: Readonly<Record<string, string>>;
  readonly uploads: readonly DraftFile[];
  /** Null deletes the file. */
  readonly write: (texts: FileEdits) => void;
  /** Discards all changes, of every author. */
  readonly discard: () => Promise<void>;
  readonly autosave: Pick<ReturnType<typeof useAutosave>, 'isSaved' | 'isSaving' | 'error' | 'saveNow'>;
  /** Files in which another user changed the same place. */
  readonly conflicts: readonly Conflict[];
  readonly choose: (conflict: Conflict, text: string | null) => void;
  /** The last save on the server; null without changes there. */
  readonly lastSave: Pick<DraftFile, 'savedAt' | 'savedBy' | 'isYours'> | null;
  /** Changes to files that were replaced meanwhile. */
  readonly stale: readonly DraftFile[];
  /**
   * Takes stored changes of files back. Later changes of this browser to them
   * stay.
   */
  readonly settle: (paths: readonly string[]) => void;
  /** Makes a file that of the package again. */
  readonly restore: (path: string) => void;
  /** State that lives as long as the editor: undo history and its source. */
  readonly session: Map<string, unknown>;
}

type Of = Pick<CampaignVersionDetail, 'campaignId' | 'number'>;
const about = ({ campaignId, number }: Of, { packageHash }: PackageFiles): string =>
  `edit ${campaignId} ${number} ${packageHash}`;

/**
 * The changes of a version's files. The server stores them at each pause, with
 * mistakes too; what it does not have yet stays in this browser. A closed tab,
 * an ended session or a lost connection loses nothing.
 */
export function useEditSession(version: Of, written: PackageFiles, session: Map<string, unknown>): EditSession {
  const [kept, setLocal, forget] = useDraft<LocalEdit>(about(version, written), NO_EDIT);
  const local: LocalEdit = { ...NO_EDIT, ...kept };
  const server = useAutosave(version.campaignId, written, { local, setLocal, forget }, session);
  const { stored } = server;
  const changes = allChanges(stored, local);
  const texts = withFeeds(textsOf({ ...packagedTexts(stored), ...withoutUploads(stored, changes) }));
  return {
    changes,
    texts,
    textOf: (path) => texts[path] ?? '',
    uploads: uploadsOf(stored).filter(({ path }) => changes[path] !== null),
    write: (newTexts) => {
      const before = storedTexts(stored);
      const raw = Object.entries(newTexts).map(([path, text]) => [path, withEnds(before[path], text)] as const);
      setLocal((current) => withWritten({ ...NO_EDIT, ...current }, stored, Object.fromEntries(raw)));
    },
    discard: server.discard,
    autosave: server,
    conflicts: server.conflicts,
    choose: server.choose,
    lastSave: lastSaveOf(stored.changed.filter(({ isStale }) => !isStale)),
    stale: stored.changed.filter(({ isStale }) => isStale),
    settle: (paths) => server.settle(paths),
    restore: (path) => {
      setLocal((current) => withoutPath({ ...NO_EDIT, ...current }, path));
      if (stored.changed.some((file) => file.path === path)) server.settle([path]);
    },
    session,
  };
}

function lastSaveOf(files: readonly DraftFile[]): DraftFile | null {
  return files.reduce<DraftFile | null>(
    (last, file) => (last === null || file.savedAt > last.savedAt ? file : last),
    null,
  );
}

/** Paths of the draft's files, with uploaded ones. */
export const pathsOf = (files: PackageFiles['files'], { uploads }: Pick<EditSession, 'uploads'>): string[] =>
  [...files, ...uploads].map(({ path }) => path);

/**
 * Older changes of this user in this browser: to another version, or to files
 * that were saved over since.
 */
export function useOtherEdits(version: Of, written: PackageFiles) {
  const { drafts, forget } = useOtherDrafts(`edit ${version.campaignId} `, about(version, written), isEdit);
  const saved = packagedTexts({ packaged: written.files, changed: [] });
  const edits = drafts
    // Changes saved a moment ago are already in the files.
    .filter(({ draft }) => Object.entries(draft.changes).some(([path, text]) => text !== saved[path]))
    .map(({ about: rest, draft }) => ({ about: rest, number: Number(rest.split(' ')[0]), edit: draft }));
  return { edits, forget };
}

/** An uploaded file has no text, although the package has one of its path. */
function withoutUploads(stored: Parameters<typeof uploadsOf>[0], changes: FileEdits): FileEdits {
  const uploaded = uploadsOf(stored).map(({ path }) => [path, null] as const);
  return { ...Object.fromEntries(uploaded), ...changes };
}

const textsOf = (changes: FileEdits): Record<string, string> =>
  Object.fromEntries(Object.entries(changes).filter((change): change is [string, string] => change[1] !== null));

const withFeeds = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, withLineFeeds(text)]));

const withEnds = (before: string | undefined, text: string | null): string | null =>
  text === null || before === undefined ? text : withLineEndsOf(before, text);
