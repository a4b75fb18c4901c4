import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CampaignDetail, CampaignVersionDetail } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { changeCampaign, deleteDraft } from './api';

/** Hides a campaign without a draft from the list, or shows it again. */
export function ArchiveCampaign({ campaign: { id, versions, archivedAt } }: { readonly campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const action = archivedAt === null ? 'archive' : 'restore';
  const change = useMutation({
    mutationFn: () => changeCampaign(id, action),
    onSuccess: () => client.invalidateQueries(),
  });
  if (!can('campaigns.edit') || versions.some(({ publishedAt }) => publishedAt === null)) return null;
  return (
    <>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
        {t(`campaigns.${action}`)}
      </Button>
      <ProblemNote error={change.error} />
    </>
  );
}

/** Deletes a draft, and with the only version its campaign. */
export function DeleteDraft({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const navigate = useNavigate();
  if (!can('campaigns.edit') || version.status !== 'draft') return null;
  const remove = async (): Promise<void> => {
    await deleteDraft(version);
    // First away from the version: its query would answer 404.
    await navigate(version.number === 1 ? '/campaigns' : `/campaigns/${version.campaignId}`);
    await client.invalidateQueries();
  };
  return (
    <Confirm
      size="xs"
      label={t('campaigns.deleteDraft')}
      question={t('campaigns.deleteDraftQuestion', { number: version.number })}
      onConfirm={remove}
    >
      {t(version.number === 1 ? 'campaigns.deleteCampaignText' : 'campaigns.deleteDraftText')}
    </Confirm>
  );
}
