import { Button, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerGroupView } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { countryCodes } from '../../shared/countries';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { countPartnerGroup, createPartnerGroup, savePartnerGroup } from './api';
import { PartnersInput } from '../../shared/PartnersInput';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { TraitsInput } from './TraitInput';

type RuleLists = Record<'tiers' | 'regions' | 'countries' | 'partnerIds' | 'exceptPartnerIds', string[]>;

/** Rule of a form, where an empty list means any. */
function ruleOf({ tiers, regions, countries, partnerIds, exceptPartnerIds }: RuleLists): Partial<RuleLists> {
  return {
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(regions.length === 0 ? {} : { regions }),
    ...(countries.length === 0 ? {} : { countries }),
    ...(partnerIds.length === 0 ? {} : { partnerIds }),
    ...(exceptPartnerIds.length === 0 ? {} : { exceptPartnerIds }),
  };
}

/**
 * Number of partners that the unsaved rule matches.
 * The last number stays while loading.
 */
function Size({ rule }: { readonly rule: Partial<RuleLists> }) {
  const { t } = useTranslation();
  const size = useQuery({
    queryKey: ['partner-group-size', rule],
    queryFn: ({ signal }) => countPartnerGroup({ body: { rule }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <>
      <Text role="status" size="sm" c={size.isPlaceholderData ? 'dimmed' : undefined}>
        {size.data !== undefined && t('groups.takesIn', { count: size.data.memberCount })}
      </Text>
      <ProblemNote error={size.error} />
    </>
  );
}

/** Creates or changes a partner group. */
export function GroupForm({ group, onKept }: { readonly group: PartnerGroupView | null; readonly onKept: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `partner-group ${group?.id ?? 'new'}`,
    saved: {
      name: group?.name ?? '',
      tiers: group?.rule.tiers ?? [],
      regions: group?.rule.regions ?? [],
      countries: group?.rule.countries ?? [],
      partnerIds: group?.rule.partnerIds ?? [],
      exceptPartnerIds: group?.rule.exceptPartnerIds ?? [],
    },
  });
  const keep = useSaveGroup(group, () => {
    forget();
    onKept();
  });
  return (
    <form onSubmit={form.onSubmit((values) => keep.mutate({ name: values.name, rule: ruleOf(values) }))}>
      <Stack>
        <TextInput label={t('groups.name')} required data-autofocus {...form.getInputProps('name')} />
        <TraitsInput
          trait="tiers"
          label={t('groups.tiers')}
          description={t('groups.tagsHow')}
          {...form.getInputProps('tiers')}
        />
        <TraitsInput trait="regions" label={t('groups.regions')} {...form.getInputProps('regions')} />
        <MultiSelect
          label={t('groups.countries')}
          searchable
          data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
          {...form.getInputProps('countries')}
        />
        <PartnersInput
          label={t('groups.only')}
          description={t('groups.onlyHow')}
          {...form.getInputProps('partnerIds')}
        />
        <PartnersInput label={t('groups.except')} {...form.getInputProps('exceptPartnerIds')} />
        <Size rule={ruleOf(form.values)} />
        <ProblemNote error={keep.error} />
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" loading={keep.isPending}>
          {t('groups.keep')}
        </Button>
      </Stack>
    </form>
  );
}

interface GroupBody {
  readonly name: string;
  readonly rule: ReturnType<typeof ruleOf>;
}

/** @param group null for a new one. */
function useSaveGroup(group: PartnerGroupView | null, onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: GroupBody) =>
      group === null ? createPartnerGroup(body) : savePartnerGroup(group.id, group.version, body),
    onSuccess: async () => {
      onSaved();
      await invalidate(client, queryKeys.partnerGroups);
    },
  });
}
