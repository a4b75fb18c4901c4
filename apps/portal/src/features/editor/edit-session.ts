import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { useDraft, useOtherDrafts } from '../../shared/draft';
import { withLineEndsOf, withLineFeeds } from './line-ends';
import { type Edit, isEdit } from './merge-edits';

/** New text by path, with the line ends of the file; null deletes it. */
export type FileEdits = Edit['changes'];

/** Text files of a version with unsaved changes. */
export interface EditSession {
  readonly changes: FileEdits;
  /** Current text of a file, with line feeds; empty if there is none. */
  readonly textOf: (path: string) => string;
  /** Current text of every file. */
  readonly texts: Readonly<Record<string, string>>;
  /** Null deletes the file. */
  readonly write: (texts: FileEdits) => void;
  readonly forget: () => void;
  /** State that lives as long as the editor: undo history and its source. */
  readonly session: Map<string, unknown>;
}

type Of = Pick<CampaignVersionDetail, 'campaignId' | 'number'>;
const NOTHING: Edit = { changes: {}, before: {} };
const about = ({ campaignId, number }: Of, { packageHash }: PackageFiles): string =>
  `edit ${campaignId} ${number} ${packageHash}`;

/**
 * Unsaved changes, stored in this browser with the hash of their package.
 * A closed tab, an ended session or a lost connection loses nothing.
 */
export function useEditSession(version: Of, written: PackageFiles, session: Map<string, unknown>): EditSession {
  const [{ changes }, setEdit, forget] = useDraft<Edit>(about(version, written), NOTHING);
  const saved = savedTexts(written);
  const texts = withFeeds(textsOf({ ...saved, ...changes }));
  return {
    changes,
    texts,
    textOf: (path) => texts[path] ?? '',
    /** Restoring the saved text removes the change. */
    write: (newTexts) => {
      setEdit(({ changes: current }) => {
        const written = Object.entries(newTexts).map(([path, text]) => [path, withEnds(saved[path], text)] as const);
        const all = Object.entries({ ...current, ...Object.fromEntries(written) }).filter(
          ([path, text]) => (text ?? undefined) !== saved[path],
        );
        const before = all.flatMap(([path]) => (saved[path] === undefined ? [] : [[path, saved[path]] as const]));
        return { changes: Object.fromEntries(all), before: Object.fromEntries(before) };
      });
    },
    forget,
    session,
  };
}

/**
 * Older unsaved changes of this user to this campaign: to another version, or
 * to files that were saved over since.
 */
export function useOtherEdits(version: Of, written: PackageFiles) {
  const { drafts, forget } = useOtherDrafts(`edit ${version.campaignId} `, about(version, written), isEdit);
  const saved = savedTexts(written);
  const edits = drafts
    // Changes saved a moment ago are already in the files.
    .filter(({ draft }) => Object.entries(draft.changes).some(([path, text]) => text !== saved[path]))
    .map(({ about: rest, draft }) => ({ about: rest, number: Number(rest.split(' ')[0]), edit: draft }));
  return { edits, forget };
}

const savedTexts = ({ files }: PackageFiles): Record<string, string> =>
  Object.fromEntries(files.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as const])));

const textsOf = (changes: FileEdits): Record<string, string> =>
  Object.fromEntries(Object.entries(changes).filter((change): change is [string, string] => change[1] !== null));

const withFeeds = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, withLineFeeds(text)]));

const withEnds = (saved: string | undefined, text: string | null): string | null =>
  text === null || saved === undefined ? text : withLineEndsOf(saved, text);
