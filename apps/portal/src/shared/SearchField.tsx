import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Search } from './ListScreen';

/** The search of a list. */
export function SearchField({ label, search }: { readonly label: string; readonly search: Search }) {
  return (
    <TextInput
      label={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={search.words}
      maxLength={100}
      style={{ flex: '1 1 200px' }}
      onChange={(event) => search.type(event.currentTarget.value)}
    />
  );
}
