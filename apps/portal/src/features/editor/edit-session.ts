import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { useDraft, useOtherDrafts } from '../../shared/draft';
import { type Edit, isEdit } from './merge-edits';

/** New text by path; null takes a file away. */
export type FileEdits = Edit['changes'];

/** The written files of a version as somebody is changing them. */
export interface EditSession {
  readonly changes: FileEdits;
  /** A file as it stands now; empty where there is none. */
  readonly textOf: (path: string) => string;
  /** Every written file as it stands now. */
  readonly texts: Readonly<Record<string, string>>;
  /** Null takes a file away. */
  readonly write: (texts: FileEdits) => void;
  readonly forget: () => void;
  /** What goes with this session of the editor: what can be taken back, by whom it was written. */
  readonly session: Map<string, unknown>;
}

type Of = Pick<CampaignVersionDetail, 'campaignId' | 'number'>;
const NOTHING: Edit = { changes: {}, before: {} };
const about = ({ campaignId, number }: Of, { packageHash }: PackageFiles): string =>
  `edit ${campaignId} ${number} ${packageHash}`;

/**
 * What somebody has changed and not saved. It stays in this browser, with the very package it was written for: a closed tab, an
 * ended session or a broken connection loses nothing.
 */
export function useEditSession(version: Of, written: PackageFiles, session: Map<string, unknown>): EditSession {
  const [{ changes }, setEdit, forget] = useDraft<Edit>(about(version, written), NOTHING);
  const saved = savedTexts(written);
  const texts = textsOf({ ...saved, ...changes });
  return {
    changes,
    texts,
    textOf: (path) => texts[path] ?? '',
    /** Writing back what is saved is no change. */
    write: (newTexts) => {
      setEdit(({ changes: current }) => {
        const all = Object.entries({ ...current, ...newTexts }).filter(
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

/** What the same person wrote to this campaign and never saved: to another version, or to files that somebody has saved over since. */
export function useOtherEdits(version: Of, written: PackageFiles) {
  const { drafts, forget } = useOtherDrafts(`edit ${version.campaignId} `, about(version, written), isEdit);
  const saved = savedTexts(written);
  const edits = drafts
    // What was saved a moment ago stands in the files by now.
    .filter(({ draft }) => Object.entries(draft.changes).some(([path, text]) => text !== saved[path]))
    .map(({ about: rest, draft }) => ({ about: rest, number: Number(rest.split(' ')[0]), edit: draft }));
  return { edits, forget };
}

const savedTexts = ({ files }: PackageFiles): Record<string, string> =>
  Object.fromEntries(files.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as const])));

const textsOf = (changes: FileEdits): Record<string, string> =>
  Object.fromEntries(Object.entries(changes).filter((change): change is [string, string] => change[1] !== null));
