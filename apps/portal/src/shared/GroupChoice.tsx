import type { PartnerGroupView } from '#contracts';
import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface GroupChoiceProps {
  readonly label: string;
  readonly description: string;
  readonly groups: readonly Pick<PartnerGroupView, 'id' | 'name' | 'memberCount'>[];
  readonly groupIds: string[];
  readonly onGroups: (groupIds: string[]) => void;
}

/** Chooses partner groups, each with the number of its members. */
export function GroupChoice({ label, description, groups, groupIds, onGroups }: GroupChoiceProps) {
  const { t } = useTranslation();
  return (
    <MultiSelect
      label={label}
      description={description}
      value={groupIds}
      onChange={onGroups}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('version.noSuchGroup')}
      comboboxProps={{ withinPortal: true }}
      data={groups.map(({ id, name, memberCount }) => ({
        value: id,
        label: t('version.groupOption', { name, count: memberCount }),
      }))}
    />
  );
}
