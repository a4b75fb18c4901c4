import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Partners } from '#contracts';
import { get } from './api';

/** The partners in whose brand a campaign can be looked at; none for whom partners are not shown. */
export const useBrands = (enabled: boolean) =>
  useQuery({
    queryKey: ['partners', 'to-preview'],
    queryFn: get<z.output<typeof Partners>>('/partners?limit=100&status=active'),
    enabled,
  }).data?.items ?? [];

interface BrandChoiceProps {
  readonly brands: readonly { readonly id: string; readonly name: string }[];
  /** Empty for the sample's. */
  readonly partnerId: string;
  readonly onChoose: (partnerId: string) => void;
}

/** In whose brand something is shown. */
export function BrandChoice({ brands, partnerId, onChoose }: BrandChoiceProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('version.brandOf')}
      value={partnerId}
      data={[
        { value: '', label: t('version.sampleBrand') },
        ...brands.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}
