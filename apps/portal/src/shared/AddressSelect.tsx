import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUrlState } from './url-state';

interface AddressSelectProps {
  /** Of the parameter in the address; it is absent while all rows are shown. */
  readonly name: string;
  readonly label: string;
  /** Undefined: they are being read. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | undefined;
}

/** Chooses by what a list is filtered, in the address. A value that is no option is shown too, as it filters. */
export function AddressSelect({ name, label, options }: AddressSelectProps) {
  const { t } = useTranslation();
  const [value, choose] = useUrlState<string>(name, '');
  const isUnknown = value !== '' && options?.some((option) => option.value === value) !== true;
  return (
    <NativeSelect
      label={label}
      value={value}
      data={[
        { value: '', label: t('common.every') },
        ...(options ?? []),
        ...(isUnknown ? [{ value, label: options === undefined ? '…' : value }] : []),
      ]}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    />
  );
}
