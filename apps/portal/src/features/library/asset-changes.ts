import type { LibraryAsset } from '#contracts';

type Described =
  | 'title'
  | 'folder'
  | 'tags'
  | 'alt'
  | 'content'
  | 'focal'
  | 'crop'
  | 'branding'
  | 'reviewOn'
  | 'expiresOn';

/** Fields of a description that a user has changed and not saved yet. */
export type AssetChanges = Partial<Pick<LibraryAsset, Described>>;

/** Without languages whose text is empty. */
const filledTexts = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** The whole description, as the API takes it. */
export function bodyOf(asset: Pick<LibraryAsset, Described>): Pick<LibraryAsset, Described> {
  const { title, folder, tags, alt, content, focal, crop, branding, reviewOn, expiresOn } = asset;
  const { texts, captions, ...rest } = content;
  const written = {
    ...rest,
    ...(texts === undefined ? {} : { texts: filledTexts(texts) }),
    ...(captions === undefined ? {} : { captions: filledTexts(captions) }),
  };
  return { title, folder, tags, alt: filledTexts(alt), content: written, focal, crop, branding, reviewOn, expiresOn };
}

/** Whether the changes differ from what is saved. */
export const isUnsaved = (asset: LibraryAsset, changes: AssetChanges): boolean =>
  JSON.stringify(bodyOf({ ...asset, ...changes })) !== JSON.stringify(bodyOf(asset));

/** What was typed while a save was on its way stays. */
export const withoutSaved = (changes: AssetChanges, saved: AssetChanges): AssetChanges =>
  Object.fromEntries(
    Object.entries(changes).filter(([field, value]) => value !== saved[field as keyof AssetChanges]),
  ) as AssetChanges;
