import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Partners, PartnerView } from '#contracts';
import { useCan } from './session';
import { get } from './api';
import { queryKeys } from './query-keys';

/** Debounce of the search. */
const PAUSE_MS = 250;
/**
 * Longer lists are not read.
 * Users refine the search instead.
 */
const SHOWN = 50;

const nameKey = (partnerId: string) => [...queryKeys.partners, partnerId, 'to-preview'];

/**
 * Name of the partner whose brand is previewed.
 * The sample's name if `partnerId` is empty or still loading.
 */
export function useBrandName(partnerId: string): string {
  const { t } = useTranslation();
  const partner = useQuery({
    queryKey: nameKey(partnerId),
    queryFn: get<Pick<PartnerView, 'name'>>(`/partners/${partnerId}`),
    enabled: partnerId !== '',
    staleTime: Infinity,
  });
  return partnerId === '' ? t('version.sampleBrand') : (partner.data?.name ?? '…');
}

/**
 * Active partners whose name contains the words.
 * Empty for users who cannot see partners.
 */
function useBrands(words: string) {
  const can = useCan();
  const [sought] = useDebouncedValue(words.trim(), PAUSE_MS);
  const query = new URLSearchParams({
    limit: String(SHOWN),
    status: 'active',
    ...(sought === '' ? {} : { q: sought }),
  });
  const brands = useQuery({
    queryKey: [...queryKeys.partners, 'to-preview', sought],
    queryFn: get<z.output<typeof Partners>>(`/partners?${query.toString()}`),
    enabled: can('partners.read'),
    placeholderData: keepPreviousData,
  });
  return brands.data?.items ?? [];
}

interface BrandChoiceProps {
  /** Empty for the sample brand. */
  readonly partnerId: string;
  readonly onChoose: (partnerId: string) => void;
}

/** Selects the brand of a preview: the sample's, or a partner's by name. */
export function BrandChoice({ partnerId, onChoose }: BrandChoiceProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const chosen = useBrandName(partnerId);
  const [typed, setTyped] = useState(chosen);
  // The unchanged name of the selected partner is not a search.
  const words = typed === chosen ? '' : typed;
  const brands = useBrands(words);
  const found = brands.map(({ id, name }) => ({ value: id, label: name }));
  const sample = { value: '', label: t('version.sampleBrand') };
  const known = partnerId === '' ? [] : [{ value: partnerId, label: chosen }];
  const others = found.filter(({ value }) => value !== partnerId);
  return (
    <Select
      label={t('version.brandOf')}
      value={partnerId}
      data={[sample, ...known, ...others]}
      // The server has already filtered by all words.
      filter={({ options }) => (words === '' ? options : found)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      maxLength={100}
      allowDeselect={false}
      nothingFoundMessage={t('common.nothingFound')}
      onClick={(event) => {
        // Selects the text, so that typing replaces it.
        if (words === '') event.currentTarget.select();
      }}
      onChange={(id) => {
        const partner = brands.find((one) => one.id === id);
        if (partner !== undefined) client.setQueryData(nameKey(partner.id), partner);
        onChoose(id ?? '');
      }}
    />
  );
}
