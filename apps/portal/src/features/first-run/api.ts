import { useQuery } from '@tanstack/react-query';
import type { BrandKit, SessionView } from '#contracts';
import { rememberCsrfToken } from '../../shared/api';
import { get, request } from '../../shared/request';

export const useFirstRun = () => useQuery({ queryKey: ['first-run'], queryFn: get('/first-run') });

/** Founds the vendor. Later requests are the owner's. */
export async function foundVendor(body: unknown): Promise<SessionView> {
  const session = await request('POST /first-run', { body });
  rememberCsrfToken(session.csrfToken);
  return session;
}

export function uploadFirstLogo(file: File): Promise<BrandKit> {
  const form = new FormData();
  form.set('file', file);
  return request('PUT /brand-kit/logo', { form });
}
