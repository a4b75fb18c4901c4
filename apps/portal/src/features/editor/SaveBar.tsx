import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { notifyManager, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CampaignVersionDetail } from '#contracts';
import { ApiProblem } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';
import type { useValidation } from './validation';
import { DiscardFiles } from './DiscardFiles';
import type { EditSession } from './edit-session';
import { fetchFilesAndChanges, saveDraft } from './api';
import { useEditorOwner } from './editor-owner';

interface SaveBarProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly check: ReturnType<typeof useValidation>['check'];
}

/** Says what is saved, and moves the changes into the draft or discards them. */
export function SaveBar({ version, edits, check }: SaveBarProps) {
  const { t } = useTranslation();
  const save = useSave(version, edits);
  const files = changedFiles(edits);
  const canSave = files.length > 0 && edits.conflicts.length === 0;
  useHotkeys([['mod+S', () => canSave && save.mutate()]], [], true);
  const { campaignId, number } = version;
  const owner = useEditorOwner();
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          <Anchor component={Link} to={owner.version(campaignId, number)} size="sm">
            {owner.isNewsletter ? t('newsletters.back') : t('campaigns.version', { number })}
          </Anchor>
          <SaveState edits={edits} files={files.length} />
        </Group>
        <Group gap="sm">
          <DiscardFiles label={t('editor.discard')} files={files} onDiscard={edits.discard} />
          <Button loading={save.isPending} disabled={!canSave} onClick={() => save.mutate()}>
            {t(version.status === 'draft' ? 'editor.save' : 'editor.saveNext')}
          </Button>
        </Group>
      </Group>
      <ProblemNote error={save.error ?? edits.autosave.error ?? check.error} />
      {version.status !== 'draft' && <Alert color="blue">{t('editor.isPublished')}</Alert>}
    </>
  );
}

const changedFiles = ({ changes, uploads }: EditSession): string[] => [
  ...new Set([...Object.keys(changes), ...uploads.map(({ path }) => path)]),
];

interface SaveStateProps extends Pick<SaveBarProps, 'edits'> {
  /** Number of changed files. */
  readonly files: number;
}

/** Where the changes are: on the server, on their way, or in this browser. */
function SaveState({ edits: { autosave, conflicts, lastSave, stale }, files }: SaveStateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (): string => {
    if (conflicts.length > 0) return t('editor.heldByConflict');
    if (!autosave.isSaved) return t(autosave.isSaving ? 'editor.saving' : 'editor.notSaved');
    if (lastSave !== null && files > 0) {
      const at = format.time(lastSave.savedAt);
      if (lastSave.isYours) return t('editor.autosaved', { at, count: files });
      return t('editor.autosavedBy', { at, by: lastSave.savedBy, count: files });
    }
    return stale.length > 0 ? '' : t('editor.saved');
  };
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {text()}
    </Text>
  );
}

function useSave({ campaignId, number }: CampaignVersionDetail, edits: EditSession) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const owner = useEditorOwner();
  return useMutation({
    mutationFn: async () => {
      await edits.autosave.saveNow();
      return saveDraft(campaignId).catch(nullIfUnfinished);
    },
    onSuccess: async (saved) => {
      if (saved === null) {
        notifications.show({ color: 'yellow', message: t('editor.keptWithMistakes', { number }) });
        return;
      }
      notifications.show({ color: 'teal', message: t('editor.kept', { number: saved.number }) });
      // The tab and file of this moment: the user may have gone on meanwhile.
      const { search } = globalThis.location;
      await navigate(`${owner.editor(campaignId, saved.number)}${search}`, { replace: true });
      await showSaved(client, { campaignId, number: saved.number });
      await client.invalidateQueries();
    },
  });
}

/**
 * Shows the saved files and what is left of the changes at the same moment. The
 * changes alone would show the old text, the files alone pictures whose upload is gone.
 */
async function showSaved(
  client: QueryClient,
  { campaignId, number }: Pick<CampaignVersionDetail, 'campaignId' | 'number'>,
): Promise<void> {
  const changesKey = queryKeys.draftFiles(campaignId);
  await client.cancelQueries({ queryKey: changesKey });
  const [files, changes] = await fetchFilesAndChanges(campaignId, number);
  notifyManager.batch(() => {
    client.setQueryData([...queryKeys.campaignFiles(campaignId), String(number)], files);
    client.setQueryData(changesKey, changes);
  });
}

/** Mistakes are listed on the screen already; the changes are stored. */
function nullIfUnfinished(error: unknown): null {
  if (error instanceof ApiProblem && error.problem.code === 'draft.unfinished') return null;
  throw error;
}
