import { Box, Group, Slider, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LibraryAsset } from '#contracts';

interface FocalPointProps {
  readonly asset: LibraryAsset;
  readonly disabled: boolean;
  readonly onFocal: (focal: { readonly x: number; readonly y: number }) => void;
}

/** What matters in a picture: new cuts are made around it. */
export function FocalPoint({ asset: { file, focal }, disabled, onFocal }: FocalPointProps) {
  const { t } = useTranslation();
  const point = focal ?? { x: 0.5, y: 0.5 };
  const percent = (value: number): number => Math.round(value * 100);
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500}>
          {t('library.focal')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('library.focalWhy')}
        </Text>
      </div>
      <Group align="flex-start">
        {/* The sliders do the same by keyboard. */}
        <Box
          pos="relative"
          style={{ cursor: disabled ? 'default' : 'crosshair' }}
          onClick={(event) => {
            if (disabled) return;
            const box = event.currentTarget.getBoundingClientRect();
            const share = (at: number, length: number): number => Math.round((at / length) * 100) / 100;
            onFocal({
              x: share(event.clientX - box.left, box.width),
              y: share(event.clientY - box.top, box.height),
            });
          }}
        >
          <img src={file?.preview ?? ''} alt="" style={{ maxWidth: 220, maxHeight: 160, display: 'block' }} />
          <Box
            pos="absolute"
            left={`calc(${percent(point.x)}% - 9px)`}
            top={`calc(${percent(point.y)}% - 9px)`}
            w={18}
            h={18}
            style={{ borderRadius: '50%', border: '3px solid #ffffff', outline: '2px solid #0f766e' }}
          />
        </Box>
        <Stack gap="md" style={{ flex: '1 1 160px' }}>
          <Slider
            thumbLabel={t('library.focalX')}
            disabled={disabled}
            value={percent(point.x)}
            label={(value) => `${value} %`}
            onChange={(value) => onFocal({ ...point, x: value / 100 })}
          />
          <Slider
            thumbLabel={t('library.focalY')}
            disabled={disabled}
            value={percent(point.y)}
            label={(value) => `${value} %`}
            onChange={(value) => onFocal({ ...point, y: value / 100 })}
          />
        </Stack>
      </Group>
    </Stack>
  );
}
