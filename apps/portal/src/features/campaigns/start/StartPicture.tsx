import { Center, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../shared/localised';
import { Preview } from '../../../shared/Preview';
import { useShippedPreview } from '../api';
import { useCover } from '../campaign';

const WIDTHS = { email: 640, page: 1100 } as const;

interface ShippedPictureProps {
  readonly of: 'template' | 'layout';
  readonly name: string;
  readonly kind: keyof typeof WIDTHS;
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

interface CampaignPictureProps {
  readonly id: string;
  readonly number: number;
  readonly title: Readonly<Record<string, string>>;
  readonly height: number;
}

/** The first e-mail of an own campaign. */
export function CampaignPicture({ id, number, title, height }: CampaignPictureProps) {
  const { i18n } = useTranslation();
  const html = useCover(id, number, localeOf(title, i18n.language));
  if (html === undefined) return <Skeleton height={height} radius={0} />;
  return <Preview still title="" html={html} layoutWidth={WIDTHS.email} height={height} />;
}
