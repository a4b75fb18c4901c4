import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BrandKit } from '#contracts';
import { invalidate } from '../../shared/query-keys';
import { basedOn, get, request } from '../../shared/request';

const KIT = ['brand-kit'] as const;
const PREVIEW = ['brand-kit-preview'] as const;

export const useBrandKit = () => useQuery({ queryKey: KIT, queryFn: get('/brand-kit') });

/** @param primary a colour to try; null: the saved one. */
export const useMailPreview = (version: number, primary: string | null) =>
  useQuery({
    queryKey: [...PREVIEW, version, primary],
    queryFn: () =>
      request('GET /brand-kit/mail-preview', primary === null ? {} : { query: new URLSearchParams({ primary }) }),
    placeholderData: keepPreviousData,
  });

export const saveColour = (version: number, primary: string | null) =>
  request('PUT /brand-kit', {
    body: { colours: primary === null ? null : { primary } },
    headers: basedOn(version),
  });

export type KitDesign = BrandKit['design'];

/** Legal texts that are still empty are left out. */
export const saveDesign = ({ version, colours }: BrandKit, design: KitDesign) =>
  request('PUT /brand-kit', {
    body: {
      colours: colours === null ? null : { primary: colours.primary },
      design: { ...design, legalTexts: design.legalTexts.filter(({ text }) => text.trim() !== '') },
    },
    headers: basedOn(version),
  });

export function uploadKitLogo(file: File): Promise<BrandKit> {
  const form = new FormData();
  form.set('file', file);
  return request('PUT /brand-kit/logo', { form });
}

export const removeKitLogo = () => request('DELETE /brand-kit/logo');

/** A change of the brand; the screen shows the result. */
export function useKitChange<Input>(change: (input: Input) => Promise<BrandKit>, onSaved?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (kit) => {
      client.setQueryData(KIT, kit);
      onSaved?.();
    },
    // After a conflict, the newer version is shown.
    onError: () => void invalidate(client, KIT),
  });
}

/** Loads the brand again. */
export function useKitReload(): () => Promise<void> {
  const client = useQueryClient();
  return () => invalidate(client, KIT);
}
