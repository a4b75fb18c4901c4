import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFoundPartners, usePartnerNames } from './partner-search';

interface PartnersInputProps {
  readonly label: string;
  readonly description?: string;
  /** Partners in these groups are not offered. */
  readonly outsideGroups?: readonly string[];
  readonly value?: string[];
  readonly onChange: (partnerIds: string[]) => void;
}

/** Chooses partners by name. The server searches: a programme has thousands. */
export function PartnersInput({ label, description, outsideGroups = [], value = [], onChange }: PartnersInputProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [sought] = useDebouncedValue(words.trim(), 250);
  const found = useFoundPartners(sought, outsideGroups);
  const chosen = usePartnerNames(value);
  const others = (found.data?.items ?? []).filter(({ id }) => !value.includes(id));
  return (
    <MultiSelect
      label={label}
      {...(description === undefined ? {} : { description })}
      value={value}
      onChange={onChange}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      hidePickedOptions
      // The server has already searched.
      filter={({ options }) => options}
      nothingFoundMessage={t('common.nothingFound')}
      comboboxProps={{ withinPortal: true }}
      data={[...chosen, ...others].map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
