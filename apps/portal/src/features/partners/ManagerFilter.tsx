import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannelManagers } from '../../shared/requests';

interface ManagerFilterProps {
  /** Id of a channel manager; `none`: without one; empty: all. */
  readonly shown: string;
  readonly onShow: (managerId: string) => void;
}

/** Shows the partners of one channel manager, or those without one. */
export function ManagerFilter({ shown, onShow }: ManagerFilterProps) {
  const { t } = useTranslation();
  const managers = useChannelManagers();
  const people = managers.data?.items ?? [];
  if (people.length === 0) return null;
  return (
    <NativeSelect
      aria-label={t('managers.one')}
      size="sm"
      w={240}
      maw="100%"
      value={shown}
      onChange={({ currentTarget }) => onShow(currentTarget.value)}
      data={[
        { value: '', label: t('managers.all') },
        { value: 'none', label: t('managers.without') },
        ...people.map(({ id, name, partnerCount }) => ({
          value: id,
          label: t('managers.withCount', { name, count: partnerCount }),
        })),
      ]}
    />
  );
}
