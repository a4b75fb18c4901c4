import { DomainError } from '#kernel';
import { type Asset, type AssetKind, type CalendarDate, type Poster, stateOf } from './asset.js';

/**
 * The poster of a video, unless it has expired.
 * @param today UTC calendar.
 */
export function shownPoster({ poster }: Pick<Asset, 'poster'>, today: CalendarDate): Poster | null {
  const isOver = poster !== null && stateOf({ reviewOn: null, expiresOn: poster.expiresOn }, today) === 'expired';
  return isOver ? null : poster;
}

/**
 * Checks a newly chosen poster.
 * @param kind of the asset that gets the poster.
 * @param picture the chosen asset; null: not in the library of the vendor.
 * @throws DomainError `asset.poster-unfit` unless it is for a video,
 *   `asset.poster-unknown`, `asset.no-picture`, `asset.poster-withdrawn`,
 *   `asset.expired`.
 */
export function requirePoster(kind: AssetKind, picture: Asset | null, today: CalendarDate): void {
  const field = 'content.poster';
  if (kind !== 'video')
    throw new DomainError('asset.poster-unfit', 'Only a video has a poster. Remove it from this asset.', { field });
  if (picture === null)
    throw new DomainError('asset.poster-unknown', 'The poster is not in your library. Choose a picture of it.', {
      field,
    });
  const { title, expiresOn } = picture;
  if (picture.kind !== 'picture' && picture.kind !== 'logo')
    throw new DomainError('asset.no-picture', `"${title}" is a ${picture.kind}. Choose a picture as the poster.`, {
      field,
    });
  if (picture.withdrawn !== null)
    throw new DomainError(
      'asset.poster-withdrawn',
      `"${title}" is withdrawn from partners, so it cannot be a poster. Choose another picture.`,
      { field, title },
    );
  if (stateOf(picture, today) === 'expired')
    throw new DomainError(
      'asset.expired',
      `"${title}" expired on ${expiresOn}. Choose another picture, or change its last day in the library.`,
      { field, title, expiresOn },
    );
}
