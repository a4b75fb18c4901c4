import type { PartnerAsset } from '#contracts';

/** Assets that contain all words in title, tags, vendor or texts. */
export function assetsMatching(
  assets: readonly PartnerAsset[],
  words: string,
  as: string,
  vendorId: string,
): PartnerAsset[] {
  const sought = words.toLowerCase().split(/\s+/).filter(Boolean);
  return assets.filter((asset) => {
    const { title, tags, vendorName, texts } = asset;
    const content = [title, vendorName, ...tags, ...Object.values(texts)].join(' ').toLowerCase();
    return (
      (as === '' || asset.as === as) &&
      (vendorId === '' || asset.vendorId === vendorId) &&
      sought.every((word) => content.includes(word))
    );
  });
}
