import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LogoUpload } from '#contracts';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { brandKeys } from './api';

/** The form of an upload. */
export function formOf(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}

/** A change of the logo. The profile and all previews follow. */
export function useLogoChange<Input>(change: (input: Input) => Promise<LogoUpload>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (logo) => {
      client.setQueryData([...brandKeys.logo, logo.logoId], logo);
      client.setQueryData(brandKeys.profile, logo.profile);
      void invalidate(client, queryKeys.offers);
    },
  });
}
