import { Box } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { LazyOnView } from '../../shared/LazyOnView';
import { type FileSource, usePicture } from './file-bytes';

const SIZE = 20;

interface ThumbnailProps {
  readonly path: string;
  readonly source: FileSource;
}

/** A small picture beside its name, loaded once it is near the visible part. */
export function Thumbnail(props: ThumbnailProps) {
  return (
    <Box w={SIZE} h={SIZE}>
      <LazyOnView height={SIZE}>
        <SmallPicture {...props} />
      </LazyOnView>
    </Box>
  );
}

function SmallPicture({ path, source }: ThumbnailProps) {
  const { data } = usePicture(path, source);
  if (data === undefined) return <IconPhoto size={16} aria-hidden />;
  return <img src={data} alt="" width={SIZE} height={SIZE} style={{ objectFit: 'contain', display: 'block' }} />;
}
