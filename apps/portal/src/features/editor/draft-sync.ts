import type { DraftFiles, PackageFiles } from '#contracts';
import { type Edit, mergeEdits } from './merge-edits';

export type DraftFile = DraftFiles['files'][number];

/** New text by path, with the line ends of the file; null deletes it. */
export type FileEdits = Edit['changes'];

/** Changes that the server does not have yet. */
export interface LocalEdit extends Edit {
  /** Revision of each file on the server that its author saw; null: none. */
  readonly revisions: Readonly<Record<string, string | null>>;
}

export const NO_EDIT: LocalEdit = { changes: {}, before: {}, revisions: {} };

/** Files as the server has them: the package, and the changes to it. */
export interface StoredFiles {
  readonly packaged: PackageFiles['files'];
  readonly changed: readonly DraftFile[];
}

/** A change, as the API takes it. */
export type SentFile =
  | { readonly path: string; readonly revision: string | null; readonly kind: 'text'; readonly text: string }
  | { readonly path: string; readonly revision: string | null; readonly kind: 'removed' | 'unchanged' };

/** Two users changed the same place of a file. */
export interface Conflict {
  readonly path: string;
  /** Null: deleted. */
  readonly mine: string | null;
  readonly theirs: string | null;
  /** Null if the other change was taken back. */
  readonly by: string | null;
  readonly at: string | null;
}

/** Texts of the package by path. */
export const packagedTexts = ({ packaged }: StoredFiles): Record<string, string> =>
  Object.fromEntries(packaged.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as const])));

/** Texts as the server has them by path. Files without text are left out. */
export function storedTexts(stored: StoredFiles): Record<string, string> {
  const current = stored.changed.filter(({ isStale }) => !isStale);
  const changedPaths = new Set(current.map(({ path }) => path));
  const unchanged = Object.entries(packagedTexts(stored)).filter(([path]) => !changedPaths.has(path));
  const written = current.flatMap(({ path, kind, text }) =>
    kind === 'text' && text !== null ? [[path, text] as const] : [],
  );
  return Object.fromEntries([...unchanged, ...written]);
}

/**
 * All changes of texts to the package; one in this browser replaces that on the
 * server. By path, so that a save does not look like a change.
 */
export function allChanges(stored: StoredFiles, { changes }: Edit): FileEdits {
  const onServer = stored.changed
    .filter(({ kind, isStale }) => kind !== 'upload' && !isStale)
    .map(({ path, text }) => [path, text] as const);
  const uploaded = new Set(uploadsOf(stored).map(({ path }) => path));
  const texts = packagedTexts(stored);
  const isChange = ([path, text]: readonly [string, string | null]): boolean =>
    text === null ? stored.packaged.some((file) => file.path === path) || uploaded.has(path) : text !== texts[path];
  const current = Object.entries({ ...Object.fromEntries(onServer), ...changes });
  return Object.fromEntries(current.filter(isChange).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Uploaded files of the draft. */
export const uploadsOf = ({ changed }: StoredFiles): readonly DraftFile[] =>
  changed.filter(({ kind, isStale }) => kind === 'upload' && !isStale);

const revisionOf = ({ changed }: StoredFiles, path: string): string | null =>
  changed.find((file) => file.path === path)?.revision ?? null;

/** The changes of this browser with new texts. What the server has is left out. */
export function withWritten(local: LocalEdit, stored: StoredFiles, texts: FileEdits): LocalEdit {
  const onServer = storedTexts(stored);
  return Object.entries(texts).reduce((edit, [path, text]): LocalEdit => {
    const revision = revisionOf(stored, path);
    const seen = path in edit.changes ? (edit.revisions[path] ?? null) : revision;
    const isOnServer = text === null ? !isThere(stored, path) : onServer[path] === text;
    if (isOnServer && seen === revision) return withoutPath(edit, path);
    const before = path in edit.changes ? edit.before[path] : onServer[path];
    return {
      changes: { ...edit.changes, [path]: text },
      before: before === undefined ? edit.before : { ...edit.before, [path]: before },
      revisions: { ...edit.revisions, [path]: seen },
    };
  }, local);
}

function isThere({ packaged, changed }: StoredFiles, path: string): boolean {
  const change = changed.find((file) => file.path === path && !file.isStale);
  return change === undefined ? packaged.some((file) => file.path === path) : change.kind !== 'removed';
}

/** A text that this browser has sent, as `own` has it besides revisions. */
export const ownText = (path: string, text: string | null): string => `${path}\n${text ?? ''}`;

/** Whether this browser itself has saved what the server has of a file. */
function isOwn(stored: StoredFiles, path: string, own: ReadonlySet<string>): boolean {
  const current = stored.changed.find((file) => file.path === path);
  return current !== undefined && (own.has(current.revision) || own.has(ownText(path, current.text)));
}

/**
 * What to send to the server.
 * @param own revisions and texts that this browser has saved: its later changes
 *   follow them.
 */
export function sentFiles(local: LocalEdit, stored: StoredFiles, own: ReadonlySet<string>): SentFile[] {
  const texts = packagedTexts(stored);
  return Object.entries(local.changes).map(([path, text]): SentFile => {
    const current = revisionOf(stored, path);
    const revision = isOwn(stored, path, own) ? current : (local.revisions[path] ?? null);
    if (text !== null && text !== texts[path]) return { path, revision, kind: 'text', text };
    const isPackaged = stored.packaged.some((file) => file.path === path);
    return { path, revision, kind: text === null && isPackaged ? 'removed' : 'unchanged' };
  });
}

/** The changes of this browser after some of them were saved. */
export function withoutSaved(local: LocalEdit, sent: FileEdits, saved: StoredFiles): LocalEdit {
  const rest = Object.entries(local.changes).filter(([path, text]) => !(path in sent) || sent[path] !== text);
  const before = rest.flatMap(([path]) => {
    const text = path in sent ? sent[path] : local.before[path];
    return text === undefined || text === null ? [] : [[path, text] as const];
  });
  const revisions = rest.map(
    ([path]) => [path, path in sent ? revisionOf(saved, path) : (local.revisions[path] ?? null)] as const,
  );
  return {
    changes: Object.fromEntries(rest),
    before: Object.fromEntries(before),
    revisions: Object.fromEntries(revisions),
  };
}

/**
 * Merges the changes of this browser with those that other users have saved
 * since.
 * @returns `merged`: the changes to keep, null if there is nothing to merge;
 *   `conflicts`: files in which both changed the same place.
 */
export function mergeWithServer(local: LocalEdit, stored: StoredFiles, own: ReadonlySet<string>) {
  const onServer = storedTexts(stored);
  const conflicts: Conflict[] = [];
  let merged: LocalEdit | null = null;
  for (const [path, mine] of Object.entries(local.changes)) {
    const current = stored.changed.find((file) => file.path === path);
    const revision = current?.revision ?? null;
    if (revision === (local.revisions[path] ?? null) || isOwn(stored, path, own)) continue;
    const theirs = onServer[path];
    if (mine === (theirs ?? null)) {
      merged = withChosen(merged ?? local, stored, path, mine);
      continue;
    }
    const base = local.before[path];
    const edit = { changes: { [path]: mine }, before: base === undefined ? {} : { [path]: base } };
    const both = mergeEdits(edit, theirs === undefined ? {} : { [path]: theirs });
    if (both.clashes.length > 0 || (mine !== null && theirs !== undefined && base === undefined && mine !== theirs)) {
      const isSaid = current !== undefined;
      conflicts.push({
        path,
        mine,
        theirs: theirs ?? null,
        by: isSaid ? current.savedBy : null,
        at: isSaid ? current.savedAt : null,
      });
      continue;
    }
    merged = withChosen(merged ?? local, stored, path, both.texts[path] ?? null);
  }
  return { merged, conflicts };
}

/** The changes with a text for a file that others changed, made after theirs. */
export function withChosen(local: LocalEdit, stored: StoredFiles, path: string, text: string | null): LocalEdit {
  const without = withoutPath(local, path);
  return withWritten(without, stored, { [path]: text });
}

/** The changes without those of a file. */
export function withoutPath({ changes, before, revisions }: LocalEdit, path: string): LocalEdit {
  const others = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name !== path));
  return { changes: others(changes), before: others(before), revisions: others(revisions) };
}
