import {
  Badge,
  Button,
  Group,
  Modal,
  MultiSelect,
  Paper,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { PartnerGroups, PartnerGroupView } from '#contracts';
import { useMay } from '../../app/session';
import { call, get } from '../../shared/api';
import { countryCodes } from '../../shared/countries';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';

/** Groups by rule: a partner belongs as long as the rule fits it. */
export function PartnerGroupsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const groups = useQuery({
    queryKey: ['partner-groups'],
    queryFn: get<z.output<typeof PartnerGroups>>('/partner-groups'),
  });
  const [edited, setEdited] = useState<PartnerGroupView | 'new' | null>(null);
  const create = may('partners.edit') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('groups.new')}
    </Button>
  );
  return (
    <Page title={t('groups.title')} lead={t('groups.lead')} actions={create}>
      <Loaded query={groups}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconUsersGroup} title={t('groups.none')}>
              {t('groups.noneText')}
            </Empty>
          ) : (
            <Stack gap="sm">
              {items.map((group) => (
                <Paper key={group.id} withBorder p="md">
                  <Group justify="space-between">
                    <div>
                      <Title order={2} size="h3">
                        {group.name}
                      </Title>
                      <Rule rule={group.rule} />
                    </div>
                    <Group>
                      <Text size="sm" fw={600}>
                        {t('groups.members', { count: group.memberCount })}
                      </Text>
                      {may('partners.edit') && (
                        <Button
                          variant="default"
                          size="xs"
                          onClick={() => setEdited(group)}
                          aria-label={t('groups.editOne', { name: group.name })}
                        >
                          {t('groups.edit')}
                        </Button>
                      )}
                    </Group>
                  </Group>
                </Paper>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={t(edited === 'new' ? 'groups.new' : 'groups.edit')}
        centered
      >
        {edited !== null && <GroupForm group={edited === 'new' ? null : edited} onKept={() => setEdited(null)} />}
      </Modal>
    </Page>
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
    <Group gap={6} mt={4}>
      {words.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('groups.everybody')}
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

function GroupForm({ group, onKept }: { readonly group: PartnerGroupView | null; readonly onKept: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: group?.name ?? '',
      tiers: group?.rule.tiers ?? [],
      regions: group?.rule.regions ?? [],
      countries: group?.rule.countries ?? [],
    },
  });
  const keep = useMutation({
    mutationFn: ({ name, tiers, regions, countries }: typeof form.values) => {
      const rule = {
        ...(tiers.length === 0 ? {} : { tiers }),
        ...(regions.length === 0 ? {} : { regions }),
        ...(countries.length === 0 ? {} : { countries }),
        ...(group?.rule.partnerIds === undefined ? {} : { partnerIds: group.rule.partnerIds }),
      };
      return group === null
        ? call<PartnerGroupView>('POST', '/partner-groups', { body: { name, rule } })
        : call<PartnerGroupView>('PUT', `/partner-groups/${group.id}`, { body: { name, rule } });
    },
    onSuccess: async () => {
      onKept();
      await client.invalidateQueries({ queryKey: ['partner-groups'] });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => keep.mutate(values))}>
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
        <ProblemNote error={keep.error} />
        <Button type="submit" loading={keep.isPending}>
          {t('groups.keep')}
        </Button>
      </Stack>
    </form>
  );
}
