import { Center, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Preview } from './Preview';
import { useShippedPreview } from './shipped-layouts';

const WIDTHS = { email: 640, page: 1100 } as const;

interface ShippedPictureProps {
  readonly of: 'template' | 'layout';
  readonly name: string;
  readonly kind: keyof typeof WIDTHS;
  /** In CSS pixels. */
  readonly height: number;
}

/** A shipped e-mail or page as its readers see it, small. */
export function ShippedPicture({ of, name, kind, height }: ShippedPictureProps) {
  const { t, i18n } = useTranslation();
  const preview = useShippedPreview(of, name, i18n.language);
  if (preview.isError)
    return (
      <Center h={height} px="sm">
        <Text size="xs" c="dimmed" ta="center">
          {t('gallery.noPicture')}
        </Text>
      </Center>
    );
  if (preview.data === undefined) return <Skeleton height={height} radius={0} />;
  return <Preview still title="" html={preview.data.html} layoutWidth={WIDTHS[kind]} height={height} />;
}
