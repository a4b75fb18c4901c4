import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ManagerSelect } from '../../shared/ManagerSelect';
import { useChannelManagers } from '../../shared/requests';

/** How many partners a person of the team looks after; 0 for all who are no channel managers. */
export function usePartnerCount(userId: string, role: string): number {
  const managers = useChannelManagers({ enabled: role === 'channel-manager' });
  return managers.data?.items.find(({ id }) => id === userId)?.partnerCount ?? 0;
}

interface HandOverProps {
  readonly member: { readonly id: string; readonly name: string };
  readonly count: number;
  readonly value: string;
  readonly onChange: (managerId: string) => void;
}

/** Who gets the partners of a channel manager who leaves, or gets another role. */
export function HandOver({ member: { id, name }, count, value, onChange }: HandOverProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t('managers.handOver', { name, count })}</Text>
      <ManagerSelect label={t('managers.successor')} value={value} except={id} onChange={onChange} />
    </>
  );
}
