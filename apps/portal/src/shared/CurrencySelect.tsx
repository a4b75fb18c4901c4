import { type ComboboxItem, Group, type OptionsFilter, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCurrencies } from './currencies';
import { useFormat } from './format';

interface CurrencySelectProps {
  /** Empty: none is chosen. */
  readonly value: string;
  /** Empty: all, where that can be chosen. */
  readonly onChange: (currency: string) => void;
  /** What is shown while none is chosen; absent: one is always chosen. */
  readonly every?: string;
}

/** Chooses a currency, those in use first, and finds the others by code or name. */
export function CurrencySelect({ value, onChange, every }: CurrencySelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { first, areUsed, others } = useCurrencies(value);
  const isSought = ({ value: code }: ComboboxItem, words: string): boolean =>
    `${code} ${format.currency(code)}`.toLocaleLowerCase().includes(words);
  const filter: OptionsFilter = ({ options, search }) => {
    const words = search.trim().toLocaleLowerCase();
    if (words === '') return options;
    return options.map((one) =>
      'group' in one ? { ...one, items: one.items.filter((item) => isSought(item, words)) } : one,
    );
  };
  return (
    <Select
      label={t('leads.currency')}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
      data={[
        { group: t(areUsed ? 'currencies.used' : 'currencies.common'), items: [...first] },
        { group: t('currencies.others'), items: [...others] },
      ]}
      renderOption={({ option }) => (
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" fw={600}>
            {option.value}
          </Text>
          <Text size="sm" c="dimmed">
            {format.currency(option.value)}
          </Text>
        </Group>
      )}
      filter={filter}
      w={every === undefined ? 130 : { base: '100%', sm: 150 }}
      searchable
      openOnFocus={false}
      nothingFoundMessage={t('common.nothingFound')}
      comboboxProps={{ width: 280, position: 'bottom-end' }}
      {...(every === undefined ? { allowDeselect: false } : { clearable: true, placeholder: every })}
      onFocus={({ currentTarget }) => currentTarget.select()}
    />
  );
}
