import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { endCampaign } from './api';

interface EndCampaignProps {
  readonly campaign: CampaignDetail;
  readonly title: string;
}

/**
 * Lets a vendor withdraw a campaign.
 * Retire ends a campaign normally, recall withdraws one that was a mistake.
 */
export function EndCampaign({ campaign: { id, versions }, title }: EndCampaignProps) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: (how: 'retire' | 'recall') => endCampaign(id, how),
    onSuccess: () => client.invalidateQueries(),
  });
  if (!can('campaigns.retire')) return null;
  const some = (status: string) => versions.some((version) => version.status === status);
  const act = (how: 'retire' | 'recall') => (
    <Confirm
      key={how}
      label={t(`campaigns.${how}`)}
      question={t(`campaigns.${how}Question`, { title })}
      onConfirm={() => end.mutateAsync(how)}
    >
      {t(`campaigns.${how}Text`)}
    </Confirm>
  );
  return (
    <>
      {some('published') && act('retire')}
      {(some('published') || some('retired')) && act('recall')}
    </>
  );
}
