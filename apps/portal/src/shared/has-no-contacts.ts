import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ContactLists } from '#contracts';
import { useCan } from './session';
import { get } from './api';

/**
 * Whether a partner has nobody to write to yet, and may change that; undefined until it is known. Where it cannot be known, nobody is told
 * to import what may be there.
 */
export function useHasNoContacts(): boolean | undefined {
  const canImport = useCan()('contacts.edit');
  const lists = useQuery({
    queryKey: ['contact-lists'],
    queryFn: get<z.output<typeof ContactLists>>('/contact-lists'),
    enabled: canImport,
  });
  if (!canImport || lists.isError) return false;
  return lists.data?.items.every(({ size }) => size === 0);
}
