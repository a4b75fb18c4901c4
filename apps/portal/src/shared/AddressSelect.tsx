import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isId } from './address-values';
import { useUrlState } from './url-state';

interface AddressSelectProps {
  /** Of the parameter in the address; it is absent while all rows are shown. */
  readonly name: string;
  readonly label: string;
  /** Undefined: they are being read. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | undefined;
  /** Whether the options are records: an id that is none of them filters, too. Other values in an address are ignored. */
  readonly ofRecords?: boolean;
}

/** Chooses by what a list is filtered, in the address. An id that is no option is shown too, as it filters. */
export function AddressSelect({ name, label, options, ofRecords = false }: AddressSelectProps) {
  const { t } = useTranslation();
  const isOption = (given: string): boolean => options?.some((option) => option.value === given) === true;
  const [value, choose] = useUrlState<string>(name, '', (given) => isOption(given) || (ofRecords && isId(given)));
  const isUnknown = value !== '' && !isOption(value);
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
