import { useCan } from './session';
import { useContactLists } from './requests';

/**
 * Whether a partner has no contacts and can import some. Undefined while
 * loading or after an error, so that a partner with contacts is not asked to
 * import.
 */
export function useHasNoContacts(): boolean | undefined {
  const canImport = useCan()('contacts.edit');
  const lists = useContactLists({ enabled: canImport });
  if (!canImport || lists.isError) return false;
  return lists.data?.items.every(({ size }) => size === 0);
}
