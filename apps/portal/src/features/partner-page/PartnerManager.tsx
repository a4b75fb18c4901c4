import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '#contracts';
import { ManagerSelect, NO_MANAGER } from '../../shared/ManagerSelect';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { assignPartners, useChannelManagers } from '../../shared/requests';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';

/** Who of the vendor looks after a partner. Owners choose. */
export function PartnerManager({ partner: { id, managerId } }: { readonly partner: PartnerView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canEdit = useCan()('channel-managers.edit');
  const managers = useChannelManagers();
  const assign = useMutation({
    mutationFn: (chosen: string) =>
      assignPartners({ partnerIds: [id], managerId: chosen === NO_MANAGER ? null : chosen }),
    onSuccess: () => invalidate(client, queryKeys.partners, queryKeys.channelManagers),
  });
  const manager = managers.data?.items.find((one) => one.id === managerId);
  return (
    <Section title={t('managers.one')} text={t('managers.why')}>
      {canEdit ? (
        <>
          <ManagerSelect
            label={t('managers.ofPartner')}
            value={assign.isPending ? assign.variables : (managerId ?? NO_MANAGER)}
            disabled={assign.isPending}
            onChange={assign.mutate}
          />
          <ProblemNote error={assign.error} />
        </>
      ) : (
        <Text size="sm">{manager?.name ?? t('managers.nobody')}</Text>
      )}
    </Section>
  );
}
