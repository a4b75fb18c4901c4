import { Center, Image } from '@mantine/core';
import {
  IconBlockquote,
  IconFileTypePdf,
  IconLayoutRows,
  IconPhoto,
  IconSignature,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import type { LibraryAsset } from '#contracts';
import type { AssetKind } from './requests';

const ICONS: Readonly<Record<AssetKind, Icon>> = {
  picture: IconPhoto,
  logo: IconPhoto,
  document: IconFileTypePdf,
  video: IconVideo,
  text: IconBlockquote,
  block: IconLayoutRows,
  signature: IconSignature,
};

interface AssetPictureProps {
  readonly asset: {
    readonly kind: AssetKind;
    readonly file: Pick<NonNullable<LibraryAsset['file']>, 'preview'> | null;
    readonly poster: string | null;
  };
  readonly height: number;
}

/** The small picture of an asset, its poster, or a sign of its kind. Its title stands beside it. */
export function AssetPicture({ asset: { kind, file, poster }, height }: AssetPictureProps) {
  const Sign = ICONS[kind];
  const picture = file?.preview ?? poster;
  if (picture !== null)
    return (
      <Center h={height} className="asset-picture">
        <Image src={picture} alt="" mah={height} fit="contain" loading="lazy" />
      </Center>
    );
  return (
    <Center h={height} className="asset-sign">
      <Sign size={44} stroke={1.2} aria-hidden />
    </Center>
  );
}
