import { NativeSelect, Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DisclosureRecipient } from '#contracts';
import { useOptimisticData } from '../../shared/optimistic';
import { useCan } from '../../shared/session';
import { saveRecipient, sharedLeadKeys, useRecipient } from './api';

/** The person who is told by e-mail of shared leads. Owners choose it. */
export function Recipient() {
  const { t } = useTranslation();
  const canEdit = useCan()('disclosure-recipient.edit');
  const { data: setting } = useRecipient();
  const save = useOptimisticData<DisclosureRecipient, string | null, DisclosureRecipient>({
    under: sharedLeadKeys.recipient,
    shown: (known, userId) => known && { ...known, userId },
    ask: saveRecipient,
  });
  if (setting === undefined) return null;
  return (
    <Paper withBorder p="lg">
      <NativeSelect
        label={t('sharedLeads.recipient')}
        description={t(canEdit ? 'sharedLeads.recipientHow' : 'sharedLeads.recipientByOwner')}
        maw={420}
        disabled={!canEdit}
        value={setting.userId ?? ''}
        onChange={({ currentTarget: { value } }) => save.mutate(value === '' ? null : value)}
        data={[
          { value: '', label: t('sharedLeads.owners') },
          ...setting.candidates.map(({ userId, name }) => ({ value: userId, label: name })),
        ]}
      />
    </Paper>
  );
}
