import { useQuery } from '@tanstack/react-query';
import type { CropShares, LibraryAsset } from '#contracts';
import { usePages } from '../pages';
import { queryKeys } from '../query-keys';
import { type Answer, get, request } from '../request';

export type AssetKind = LibraryAsset['kind'];

/** What a list of the library is narrowed to. */
export interface AssetFilter {
  readonly words: string;
  readonly kinds: readonly AssetKind[];
  readonly folder: string;
  readonly tag: string;
  readonly state: string;
}

export const NO_FILTER: AssetFilter = { words: '', kinds: [], folder: '', tag: '', state: '' };

const queryOf = ({ words, kinds, folder, tag, state }: AssetFilter): URLSearchParams => {
  const all = { q: words, kinds: kinds.join(','), folder, tag, state };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
};

/** Assets of the library, newest first. */
export const useAssets = (filter: AssetFilter) =>
  usePages({
    queryKey: [...queryKeys.library, queryOf(filter).toString()],
    route: 'GET /assets',
    query: queryOf(filter),
  });

/** Names of folders and tags of the whole library. */
export const useLibraryNames = () =>
  useQuery({
    queryKey: [...queryKeys.library, 'names'],
    queryFn: get('/assets', { query: 'limit=1' }),
    select: ({ folders, tags }: Answer<'/assets'>) => ({ folders, tags }),
  });

export const useAsset = (assetId: string, enabled = true) =>
  useQuery({
    queryKey: [...queryKeys.library, 'asset', assetId],
    queryFn: get('/assets/:assetId', { params: { assetId } }),
    enabled,
  });

export const fetchAsset = (assetId: string) => request('GET /assets/:assetId', { params: { assetId } });

/** The API takes names of 200 characters. Their end says what a file is. */
const shortened = (name: string): string => (name.length <= 200 ? name : `${name.slice(0, 150)}…${name.slice(-40)}`);

/** @param kind `logo`: a picture that is one. */
export function uploadAsset(file: File, folder: string, kind?: 'logo'): Promise<LibraryAsset> {
  const form = new FormData();
  form.set('file', file, 'file');
  const query = new URLSearchParams({ name: shortened(file.name), folder, ...(kind === undefined ? {} : { kind }) });
  return request('POST /assets/uploads', { query, form });
}

export const createAsset = (body: unknown) => request('POST /assets', { body });

/** A cut of a picture of the library, for a draft. */
export interface PictureChoice {
  readonly assetId: string;
  readonly fileNumber: number;
  /** Null: the whole picture. */
  readonly crop: CropShares | null;
}

export const placePicture = (campaignId: string, choice: PictureChoice) =>
  request('POST /campaigns/:campaignId/draft-files/library-pictures', { params: { campaignId }, body: choice });

export const fetchPictureOrigin = (campaignId: string, path: string) =>
  request('GET /campaigns/:campaignId/draft-files/picture-origin', {
    params: { campaignId },
    query: new URLSearchParams({ path }),
  });
