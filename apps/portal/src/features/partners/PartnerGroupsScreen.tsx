import { Badge, Button, Group, MultiSelect, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerGroupView } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useCan } from '../../shared/session';
import { countryCodes } from '../../shared/countries';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { usePartnerGroups } from '../../shared/requests';
import { countPartnerGroup, createPartnerGroup, savePartnerGroup } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/**
 * A vendor's partner groups.
 * A partner is a member while the rule matches it.
 */
export function PartnerGroupsScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const groups = usePartnerGroups({ select: ({ items }) => items });
  const columns = useColumns();
  const [edited, setEdited] = useState<PartnerGroupView | 'new' | null>(null);
  const create = can('partners.edit') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('groups.new')}
    </Button>
  );
  return (
    <ListScreen
      title={t('groups.title')}
      lead={t('groups.lead')}
      actions={create}
      list={groups}
      height={220}
      empty={{ icon: IconUsersGroup, title: t('groups.none'), text: t('groups.noneText'), action: create }}
      after={<GroupDialog edited={edited} onClose={() => setEdited(null)} />}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('groups.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          actions={can('partners.edit') && ((group) => <EditGroup group={group} onEdit={() => setEdited(group)} />)}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<PartnerGroupView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('groups.name'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name }) => (
        <Text size="sm" fw={600}>
          {name}
        </Text>
      ),
    },
    { key: 'rule', title: t('groups.rule'), cell: ({ rule }) => <Rule rule={rule} /> },
    {
      key: 'members',
      title: t('groups.size'),
      orderBy: ({ memberCount }) => memberCount,
      cell: ({ memberCount }) => t('groups.members', { count: memberCount }),
    },
  ];
}

interface GroupDialogProps {
  /** The group to change, or a new one; null: closed. */
  readonly edited: PartnerGroupView | 'new' | null;
  readonly onClose: () => void;
}

function GroupDialog({ edited, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      title={t(edited === 'new' ? 'groups.new' : 'groups.edit')}
      centered
    >
      {edited !== null && <GroupForm group={edited === 'new' ? null : edited} onKept={onClose} />}
    </Dialog>
  );
}

function EditGroup({ group, onEdit }: { readonly group: PartnerGroupView; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" size="xs" onClick={onEdit} aria-label={t('groups.editOne', { name: group.name })}>
      {t('groups.edit')}
    </Button>
  );
}

function Rule({ rule }: { readonly rule: PartnerGroupView['rule'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = [
    ...(rule.tiers ?? []),
    ...(rule.regions ?? []),
    ...(rule.countries ?? []).map((code) => format.country(code)),
    ...(rule.partnerIds === undefined ? [] : [t('groups.named', { count: rule.partnerIds.length })]),
  ];
  return (
    <Group gap={6}>
      {words.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('groups.allPartners')}
        </Text>
      ) : (
        words.map((word) => (
          <Badge key={word} variant="light" tt="none">
            {word}
          </Badge>
        ))
      )}
    </Group>
  );
}

/**
 * Rule of a form, where an empty list means any.
 * Explicitly chosen partners stay in the rule.
 */
function ruleOf(
  { tiers, regions, countries }: Record<'tiers' | 'regions' | 'countries', string[]>,
  group: PartnerGroupView | null,
): PartnerGroupView['rule'] {
  return {
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(regions.length === 0 ? {} : { regions }),
    ...(countries.length === 0 ? {} : { countries }),
    ...(group?.rule.partnerIds === undefined ? {} : { partnerIds: group.rule.partnerIds }),
  };
}

/**
 * Number of partners that the unsaved rule matches.
 * The last number stays while loading.
 */
function Size({ rule }: Pick<PartnerGroupView, 'rule'>) {
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

function GroupForm({ group, onKept }: { readonly group: PartnerGroupView | null; readonly onKept: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `partner-group ${group?.id ?? 'new'}`,
    saved: {
      name: group?.name ?? '',
      tiers: group?.rule.tiers ?? [],
      regions: group?.rule.regions ?? [],
      countries: group?.rule.countries ?? [],
    },
  });
  const keep = useSaveGroup(group, () => {
    forget();
    onKept();
  });
  return (
    <form onSubmit={form.onSubmit((values) => keep.mutate({ name: values.name, rule: ruleOf(values, group) }))}>
      <Stack>
        <TextInput label={t('groups.name')} required data-autofocus {...form.getInputProps('name')} />
        <TagsInput label={t('groups.tiers')} description={t('groups.tagsHow')} {...form.getInputProps('tiers')} />
        <TagsInput label={t('groups.regions')} {...form.getInputProps('regions')} />
        <MultiSelect
          label={t('groups.countries')}
          searchable
          data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
          {...form.getInputProps('countries')}
        />
        <Size rule={ruleOf(form.values, group)} />
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
