import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannelManagers } from './requests';

/** The value of `ManagerSelect` for nobody. */
export const NO_MANAGER = 'none';

interface ManagerSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (managerId: string) => void;
  /** A person who cannot be chosen. */
  readonly except?: string;
  readonly disabled?: boolean;
  readonly description?: string;
}

/** Chooses a channel manager of the own team, or nobody. */
export function ManagerSelect({ label, value, onChange, except, disabled, description }: ManagerSelectProps) {
  const { t } = useTranslation();
  const managers = useChannelManagers();
  const people = (managers.data?.items ?? []).filter(({ id }) => id !== except);
  return (
    <NativeSelect
      label={label}
      {...(description === undefined ? {} : { description })}
      value={value}
      disabled={disabled ?? false}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        { value: NO_MANAGER, label: t('managers.nobody') },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
