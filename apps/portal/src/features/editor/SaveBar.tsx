import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import type { CampaignVersionDetail } from '#contracts';
import { ApiProblem } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';
import type { useValidation } from './validation';
import { DiscardFiles } from './DiscardFiles';
import type { FileEdits, EditSession } from './edit-session';
import { updateCampaignVersionFile } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

interface SaveBarProps {
  readonly version: CampaignVersionDetail;
  readonly packageHash: string;
  readonly edits: EditSession;
  readonly check: ReturnType<typeof useValidation>;
}

/** Lists unsaved changes, and saves or discards them. */
export function SaveBar({ version, packageHash, edits: { changes, forget }, check }: SaveBarProps) {
  const { t } = useTranslation();
  const save = useSave(version, packageHash, changes, forget);
  const isChanged = Object.keys(changes).length > 0;
  const hasMistakes = check.data?.problems.some(({ severity }) => severity === 'error') === true;
  // Enabled during a check: the server refuses mistakes itself.
  // A button that is disabled for a moment loses clicks.
  const canSave = isChanged && !hasMistakes;
  useHotkeys([['mod+S', () => canSave && save.mutate()]], [], true);
  return (
    <>
      <Group justify="space-between">
        <Group gap="sm">
          <Anchor component={Link} to={`/campaigns/${version.campaignId}/versions/${version.number}`} size="sm">
            {t('campaigns.version', { number: version.number })}
          </Anchor>
          <Text size="sm" c="dimmed" aria-live="polite">
            {isChanged ? t('editor.unsaved', { count: Object.keys(changes).length }) : t('editor.saved')}
          </Text>
        </Group>
        <Group gap="sm">
          <DiscardFiles label={t('editor.discard')} files={Object.keys(changes)} onDiscard={forget} />
          <Button loading={save.isPending} disabled={!canSave} onClick={() => save.mutate()}>
            {t(version.status === 'draft' ? 'editor.save' : 'editor.saveNext')}
          </Button>
        </Group>
      </Group>
      <ProblemNote error={save.error ?? check.error} />
      {version.status !== 'draft' && <Alert color="blue">{t('editor.isPublished')}</Alert>}
    </>
  );
}

function useSave(
  { campaignId, number }: CampaignVersionDetail,
  basedOn: string,
  changes: FileEdits,
  forget: () => void,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { search } = useLocation();
  return useMutation({
    mutationFn: () => updateCampaignVersionFile(campaignId, number, { basedOn, changes }),
    onSuccess: async (saved) => {
      notifications.show({ color: 'teal', message: t('editor.kept', { number: saved.number }) });
      await navigate(`/campaigns/${campaignId}/versions/${saved.number}/edit${search}`, { replace: true });
      await client.invalidateQueries();
      // Only after the saved files are loaded.
      // Before, the old files would appear.
      forget();
    },
    // After a conflict, the new files load, and the unsaved changes are offered
    // for merging.
    onError: async (error) => {
      if (error instanceof ApiProblem && error.problem.code === 'draft.stale')
        await invalidate(client, queryKeys.campaignFiles(campaignId));
    },
  });
}
