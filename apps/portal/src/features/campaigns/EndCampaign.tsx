import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { call } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';

/** Takes a campaign from the partners: nothing more goes out. */
export function EndCampaign({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const retire = useMutation({
    mutationFn: () => call<unknown>('POST', `/campaigns/${encodeURIComponent(id)}/retire`),
    onSuccess: () => client.invalidateQueries(),
  });
  if (!may('campaigns.retire')) return null;
  return (
    <Confirm
      label={t('campaigns.retire')}
      question={t('campaigns.retireQuestion')}
      pending={retire.isPending}
      error={retire.error}
      onConfirm={() => retire.mutateAsync()}
    >
      {t('campaigns.retireText')}
    </Confirm>
  );
}
