import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import ReactCrop, { type PercentCrop } from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import type { CropShares, ListedAsset } from '#contracts';
import { Dialog } from '../Dialog';
import { useFormat } from '../format';
import { ProblemNote } from '../ProblemNote';
import { cropFor, isWhole, pixelsOf, sharesOf } from './crop-shares';

/** Shapes to choose from: width by height. */
const SHAPES = { free: null, '2:1': 2, '16:9': 16 / 9, '4:3': 4 / 3, '1:1': 1 } as const;
type Shape = keyof typeof SHAPES;
const SHAPE_NAMES = Object.keys(SHAPES).filter((name): name is Shape => name in SHAPES);
const WHOLE: CropShares = { x: 0, y: 0, width: 1, height: 1 };

/** A picture, as far as a cut needs it. */
interface Croppable extends Pick<ListedAsset, 'id' | 'title'> {
  readonly file: Pick<NonNullable<ListedAsset['file']>, 'number' | 'width' | 'height' | 'preview'> | null;
}

/** What the place of a picture asks of it. */
interface PicturePlace {
  /** Width by height; null: any shape. */
  readonly ratio: readonly [number, number] | null;
  readonly minWidth: number;
}

interface CropDialogProps {
  /** Null: closed. */
  readonly asset: Croppable | null;
  /** Missing or null: any picture fits. */
  readonly place?: PicturePlace | null;
  /** The cut to begin with; null: the whole picture. */
  readonly crop: CropShares | null;
  /** Label of the button that takes the cut. */
  readonly act: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  /** @param crop null: the whole picture. */
  readonly onCut: (crop: CropShares | null) => void;
}

/** Chooses a part of a picture, by mouse, touch or arrow keys. */
export function CropDialog({ asset, onClose, ...props }: CropDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={asset !== null} onClose={onClose} title={t('library.crop.title')} size="xl" centered>
      {asset?.file != null && <CropForm key={`${asset.id} ${asset.file.number}`} asset={asset} {...props} />}
    </Dialog>
  );
}

type CropFormProps = Omit<CropDialogProps, 'onClose' | 'asset'> & { readonly asset: Croppable };

function CropForm({ asset: { file, title }, crop, place = null, act, isBusy, error, onCut }: CropFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = { width: file?.width ?? 1, height: file?.height ?? 1 };
  const asked = place?.ratio == null ? null : place.ratio[0] / place.ratio[1];
  const [cut, setCut] = useState(crop ?? (asked === null ? WHOLE : cropFor(size, asked)));
  const [shape, setShape] = useState<Shape>('free');
  const aspect = asked ?? SHAPES[shape];
  const chooseShape = (name: Shape): void => {
    setShape(name);
    const wanted = SHAPES[name];
    if (wanted !== null) setCut(cropFor(size, wanted));
  };
  const pixels = pixelsOf(cut, size);
  const isSmall = place !== null && pixels.width < place.minWidth;
  return (
    <Stack>
      {asked === null && (
        <Group justify="space-between">
          <SegmentedControl
            aria-label={t('library.crop.shape')}
            value={shape}
            data={SHAPE_NAMES.map((name) => ({ value: name, label: name === 'free' ? t('library.crop.free') : name }))}
            onChange={(name) => chooseShape(SHAPE_NAMES.find((one) => one === name) ?? 'free')}
          />
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              setShape('free');
              setCut(WHOLE);
            }}
          >
            {t('library.crop.whole')}
          </Button>
        </Group>
      )}
      <Group justify="center" bg="var(--mantine-color-default-hover)" p="xs">
        <ReactCrop
          crop={percentOf(cut)}
          {...(aspect === null ? {} : { aspect })}
          minWidth={16}
          minHeight={16}
          keepSelection
          ruleOfThirds
          ariaLabels={{
            cropArea: t('library.crop.area'),
            nwDragHandle: t('library.crop.handle'),
            nDragHandle: t('library.crop.handle'),
            neDragHandle: t('library.crop.handle'),
            eDragHandle: t('library.crop.handle'),
            seDragHandle: t('library.crop.handle'),
            sDragHandle: t('library.crop.handle'),
            swDragHandle: t('library.crop.handle'),
            wDragHandle: t('library.crop.handle'),
          }}
          onChange={(_, percent) => setCut(sharesOf(percent))}
        >
          <img src={file?.preview ?? ''} alt={title} style={{ maxHeight: '52vh', display: 'block' }} />
        </ReactCrop>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {t('library.crop.size', { width: format.number(pixels.width), height: format.number(pixels.height) })}
        {place === null && pixels.width < 600 && ` ${t('library.crop.small')}`}
      </Text>
      {isSmall && (
        <Text size="sm" c="red" role="alert">
          {t('library.crop.tooSmall', { width: format.number(place.minWidth) })}
        </Text>
      )}
      <ProblemNote error={error} />
      <Group justify="flex-end">
        <Button loading={isBusy} disabled={isSmall} onClick={() => onCut(isWhole(cut) ? null : cut)}>
          {act}
        </Button>
      </Group>
    </Stack>
  );
}

const percentOf = ({ x, y, width, height }: CropShares): PercentCrop => ({
  unit: '%',
  x: x * 100,
  y: y * 100,
  width: width * 100,
  height: height * 100,
});
