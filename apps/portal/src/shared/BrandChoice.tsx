import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Partners, PartnerView } from '#contracts';
import { useCan } from './session';
import { get } from './api';

/** A pause in typing after which is looked for. */
const PAUSE_MS = 250;
/** More than that nobody reads through: they type another letter. */
const SHOWN = 50;

const nameKey = (partnerId: string) => ['partners', partnerId, 'to-preview'];

/** The name of the partner in whose brand something is shown; the sample's while it is empty or on its way. */
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

/** The active partners with these words in their name; none for whom partners are not shown. */
function useBrands(words: string) {
  const can = useCan();
  const [sought] = useDebouncedValue(words.trim(), PAUSE_MS);
  const query = new URLSearchParams({
    limit: String(SHOWN),
    status: 'active',
    ...(sought === '' ? {} : { q: sought }),
  });
  const brands = useQuery({
    queryKey: ['partners', 'to-preview', sought],
    queryFn: get<z.output<typeof Partners>>(`/partners?${query.toString()}`),
    enabled: can('partners.read'),
    placeholderData: keepPreviousData,
  });
  return brands.data?.items ?? [];
}

interface BrandChoiceProps {
  /** Empty for the sample's. */
  readonly partnerId: string;
  readonly onChoose: (partnerId: string) => void;
}

/** In whose brand something is shown: the sample's, or that of a partner who is looked for by name. */
export function BrandChoice({ partnerId, onChoose }: BrandChoiceProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const chosen = useBrandName(partnerId);
  const [typed, setTyped] = useState(chosen);
  // What stands there unless somebody types is the chosen one's own name, not what is looked for.
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
      // The server has looked for the words already, in the names of all partners.
      filter={({ options }) => (words === '' ? options : found)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      maxLength={100}
      allowDeselect={false}
      nothingFoundMessage={t('common.nothingFound')}
      onClick={(event) => {
        // Whoever comes to type another name need not take this one away first.
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
