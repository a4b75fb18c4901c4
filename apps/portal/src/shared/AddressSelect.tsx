import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUrlState } from './url-state';

interface AddressSelectProps {
  /** Of the parameter in the address; it is absent while all rows are shown. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Chooses by what a list is filtered, in the address. */
export function AddressSelect({ name, label, options }: AddressSelectProps) {
  const { t } = useTranslation();
  const [value, choose] = useUrlState<string>(name, '');
  return (
    <NativeSelect
      label={label}
      value={value}
      data={[{ value: '', label: t('common.every') }, ...options]}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    />
  );
}
