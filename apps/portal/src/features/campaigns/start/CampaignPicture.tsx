import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../shared/localised';
import { Preview } from '../../../shared/Preview';
import { useCover } from '../campaign';

const EMAIL_WIDTH = 640;

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
  if (html === null) return null;
  if (html === undefined) return <Skeleton height={height} radius={0} />;
  return <Preview still title="" html={html} layoutWidth={EMAIL_WIDTH} height={height} />;
}
