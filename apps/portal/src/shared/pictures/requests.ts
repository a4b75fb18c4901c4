import type { CropShares } from '#contracts';
import { get, request } from '../request';

/** Query key of the partner's own pictures. */
export const OWN_PICTURES = ['own-pictures'] as const;

export const fetchPictures = get('/pictures');

/** The API takes names of 200 characters. */
export function uploadPicture(file: File) {
  const form = new FormData();
  form.set('file', file, 'file');
  return request('POST /pictures', { query: new URLSearchParams({ name: file.name.slice(-200) }), form });
}

/** @param crop null: the whole picture. */
export const cutPicture = (pictureId: string, crop: CropShares | null) =>
  request('POST /pictures/:pictureId/cuts', { params: { pictureId }, body: { crop } });

export const deletePicture = (pictureId: string) => request('DELETE /pictures/:pictureId', { params: { pictureId } });
