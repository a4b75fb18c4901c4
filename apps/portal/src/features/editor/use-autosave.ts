import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SetStateAction, useEffect, useMemo } from 'react';
import type { DraftFiles, PackageFiles } from '#contracts';
import { ApiProblem, isNetworkError } from '../../shared/api';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { fetchDraftFiles } from '../../shared/requests';
import { discardDraftFiles, saveDraftFiles } from './api';
import {
  type Conflict,
  type LocalEdit,
  mergeWithServer,
  NO_EDIT,
  ownText,
  sentFiles,
  type StoredFiles,
  withChosen,
  withoutSaved,
} from './draft-sync';

/** Pause in typing before the changes are saved. */
const TYPING_MS = 1_000;
/** Without a network or a session. */
const RETRY_MS = 5_000;
/** How soon changes of other users appear. */
const REFRESH_MS = 20_000;
const NO_FILES: DraftFiles['files'] = [];

interface Local {
  readonly local: LocalEdit;
  readonly setLocal: (next: SetStateAction<LocalEdit>) => void;
  readonly forget: () => void;
}

/**
 * Saves the changes of this browser at each pause, and merges them with those
 * of other users.
 */
export function useAutosave(
  campaignId: string,
  { packageHash, files }: PackageFiles,
  { local, setLocal, forget }: Local,
  session: Map<string, unknown>,
) {
  const client = useQueryClient();
  const key = queryKeys.draftFiles(campaignId);
  const { data } = useQuery({ queryKey: key, queryFn: fetchDraftFiles(campaignId), refetchInterval: REFRESH_MS });
  const changed = data?.files ?? NO_FILES;
  const stored = useMemo((): StoredFiles => ({ packaged: files, changed }), [files, changed]);
  const own = ownRevisions(session);
  const { merged, conflicts } = mergeWithServer(local, stored, own);
  const save = useMutation({
    scope: { id: `draft-files ${campaignId}` },
    mutationFn: async (edit: LocalEdit) => {
      await client.cancelQueries({ queryKey: key });
      // Also what the server has got although its answer was lost.
      for (const [path, text] of Object.entries(edit.changes)) own.add(ownText(path, text));
      const saved = await saveDraftFiles(campaignId, { basedOn: packageHash, files: sentFiles(edit, stored, own) });
      for (const { path, revision } of saved.files) if (path in edit.changes) own.add(revision);
      await client.cancelQueries({ queryKey: key });
      client.setQueryData(key, saved);
      return saved;
    },
    retry: (_, error) => isTransient(error),
    retryDelay: RETRY_MS,
    onSuccess: async (saved, edit) => {
      // The query tells its readers in the next task. Changes of this browser
      // that rest on it follow after that.
      await new Promise((resolve) => setTimeout(resolve, 0));
      setLocal((current) => withoutSaved(complete(current), edit.changes, { packaged: files, changed: saved.files }));
    },
    // After a refusal the newer files load, and both are merged.
    onError: async (error) => {
      if (!(error instanceof ApiProblem) || error.problem.status !== 412) return;
      await invalidate(client, key, queryKeys.campaignFiles(campaignId), queryKeys.campaignVersions);
    },
  });
  const { mutate, mutateAsync, isPending } = save;
  const isSaved = Object.keys(local.changes).length === 0;
  const isHeld = conflicts.length > 0 || isPending;
  // Text, because the object is new with each render.
  const localText = JSON.stringify(local);
  const [asText] = useDebouncedValue(localText, TYPING_MS);
  // Right after a save, the pause has not noticed yet what is left.
  const isSettled = asText === localText;
  useEffect(() => {
    const edit = JSON.parse(asText) as LocalEdit;
    if (isSettled && !isHeld && Object.keys(edit.changes).length > 0) mutate(edit);
  }, [asText, isSettled, isHeld, mutate]);
  const mergedText = merged === null ? null : JSON.stringify(merged);
  useEffect(() => {
    if (mergedText !== null) setLocal(JSON.parse(mergedText) as LocalEdit);
    // Only for another result: the setter is new with each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [mergedText]);
  return {
    stored,
    isSaved,
    isSaving: !save.isError && !save.isPaused && save.failureCount === 0,
    error: save.error !== null && isExpected(save.error) ? null : save.error,
    conflicts,
    choose: ({ path }: Conflict, text: string | null) =>
      setLocal((current) => withChosen(complete(current), stored, path, text)),
    /** Saves at once what this browser has. */
    saveNow: async () => {
      if (!isSaved) await mutateAsync(local);
    },
    /**
     * Takes stored changes back. Those of this browser to the same files follow
     * with the next save.
     */
    settle: (paths: readonly string[]) => {
      const back = changed.filter(({ path }) => paths.includes(path));
      const unchanged = back.map(({ path, revision }) => ({ path, revision, kind: 'unchanged' as const }));
      const send = async () =>
        client.setQueryData(key, await saveDraftFiles(campaignId, { basedOn: packageHash, files: unchanged }));
      send().then(
        (saved) => saved !== undefined && setLocal((current) => rebased(complete(current), paths)),
        () => invalidate(client, key),
      );
    },
    discard: async () => {
      await discardDraftFiles(campaignId);
      client.setQueryData(key, { files: [] });
      forget();
    },
  };
}

/** The changes, made after stored ones of these files were taken back. */
const rebased = (edit: LocalEdit, paths: readonly string[]): LocalEdit => ({
  ...edit,
  revisions: {
    ...edit.revisions,
    ...Object.fromEntries(paths.filter((path) => path in edit.changes).map((path) => [path, null])),
  },
});

const complete = (edit: LocalEdit): LocalEdit => ({ ...NO_EDIT, ...edit });

/** No network, an ended session, or a busy server: nothing is wrong with the changes. */
const isTransient = (error: Error): boolean =>
  isNetworkError(error) || (error instanceof ApiProblem && [401, 429, 503].includes(error.problem.status));

/** The merge handles it. */
const isExpected = (error: Error): boolean => error instanceof ApiProblem && error.problem.status === 412;

/** Revisions that this browser saved. They live as long as the editor. */
function ownRevisions(session: Map<string, unknown>): Set<string> {
  const known = session.get('own revisions');
  if (known instanceof Set) return known as Set<string>;
  const own = new Set<string>();
  session.set('own revisions', own);
  return own;
}
