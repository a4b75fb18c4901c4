import { Button, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GroupCondition, PartnerGroupView } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { countryCodes } from '../../shared/countries';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { countPartnerGroup, createPartnerGroup, savePartnerGroup, useAttributesForRules } from './api';
import { Conditions } from './conditions/Conditions';
import { isComplete } from './conditions/condition';
import { PartnersInput } from '../../shared/PartnersInput';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { TraitsInput } from './TraitInput';

type RuleLists = Record<'tiers' | 'regions' | 'countries' | 'partnerIds' | 'exceptPartnerIds', string[]>;
interface RuleFields extends RuleLists {
  match: 'all' | 'any';
  conditions: GroupCondition[];
}

/** Rule of a form, where an empty list means any. Unfinished conditions are left out. */
function ruleOf({ tiers, regions, countries, partnerIds, exceptPartnerIds, ...rest }: RuleFields): Partial<RuleFields> {
  const conditions = rest.conditions.filter(isComplete);
  return {
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(regions.length === 0 ? {} : { regions }),
    ...(countries.length === 0 ? {} : { countries }),
    ...(partnerIds.length === 0 ? {} : { partnerIds }),
    ...(exceptPartnerIds.length === 0 ? {} : { exceptPartnerIds }),
    ...(conditions.length === 0 ? {} : { match: rest.match, conditions }),
  };
}

/** Pause in typing before the partners are counted again. */
const SETTLED_MS = 300;

/**
 * Partners that the unsaved rule matches: their number, and the first of them.
 * The last ones stay while loading.
 */
function Preview({ rule: typed }: { readonly rule: Partial<RuleFields> }) {
  const { t } = useTranslation();
  const [rule] = useDebouncedValue(typed, SETTLED_MS);
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
      {size.data !== undefined && size.data.members.length > 0 && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {size.data.members.map(({ name }) => name).join(', ')}
          {size.data.memberCount > size.data.members.length && ' …'}
        </Text>
      )}
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
      match: group?.rule.match ?? 'all',
      conditions: group?.rule.conditions ?? [],
    } satisfies RuleFields & { name: string },
  });
  const attributes = useAttributesForRules();
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
        {attributes.data !== undefined && (
          <Conditions
            attributes={attributes.data.items}
            match={form.values.match}
            conditions={form.values.conditions}
            onMatch={(match) => form.setFieldValue('match', match)}
            onChange={(conditions) => form.setFieldValue('conditions', conditions)}
          />
        )}
        <Preview rule={ruleOf(form.values)} />
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
