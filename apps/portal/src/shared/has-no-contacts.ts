import { useCan } from './session';
import { useContactLists } from './requests';

/**
 * Whether a partner has nobody to write to yet, and may change that; undefined until it is known. Where it cannot be known, nobody is told
 * to import what may be there.
 */
export function useHasNoContacts(): boolean | undefined {
  const canImport = useCan()('contacts.edit');
  const lists = useContactLists({ enabled: canImport });
  if (!canImport || lists.isError) return false;
  return lists.data?.items.every(({ size }) => size === 0);
}
