import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { useContactLists } from '../../shared/requests';

/** Value of `listId` for a new list. */
export const NEW_LIST = 'new';

/** The list of an import. */
export interface ListTarget {
  /** Empty: the default list. */
  readonly listId: string;
  /** Name of the new list. */
  readonly listName: string;
}

interface ImportTargetProps {
  readonly target: ListTarget;
  readonly onTarget: (target: ListTarget) => void;
}

/** Lets a partner choose the list of an import, or name a new one. */
export function ImportTarget({ target, onTarget }: ImportTargetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // The rule of a segment decides who is in it.
  const items = useContactLists().data?.items.filter(({ rule }) => rule === null) ?? [];
  return (
    <>
      <NativeSelect
        label={t('import.into')}
        value={target.listId}
        onChange={(event) => onTarget({ ...target, listId: event.currentTarget.value })}
        data={[
          ...items.map(({ id, name, size, isDefault }) =>
            isDefault
              ? { value: '', label: t('import.default', { name, size: format.number(size) }) }
              : { value: id, label: `${name} (${format.number(size)})` },
          ),
          { value: NEW_LIST, label: t('import.newList') },
        ]}
      />
      {target.listId === NEW_LIST && (
        <TextInput
          label={t('import.listName')}
          required
          value={target.listName}
          maxLength={200}
          onChange={(event) => onTarget({ ...target, listName: event.currentTarget.value })}
        />
      )}
    </>
  );
}
