import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewsletterView } from '#contracts';
import { GroupChoice } from '../../shared/GroupChoice';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { AudienceCount } from './AudienceCount';
import { NEWSLETTERS_KEY, type NewsletterSettings, saveNewsletter, useGroups } from './api';

const ROLES = ['owner', 'marketer', 'viewer'] as const;
/** After the last key. */
const PAUSE_MS = 600;

/** Chooses the recipients of a draft, and the address in its footer. Saved while it is typed. */
export function NewsletterSettingsForm({ newsletter }: { readonly newsletter: NewsletterView }) {
  const { t } = useTranslation();
  const groups = useGroups();
  const { groupIds, roles, senderAddress } = newsletter;
  const [values, setValues] = useState<NewsletterSettings>({ groupIds, roles, senderAddress });
  const { save, saveSoon } = useAutosave(newsletter);
  const change = (part: Partial<NewsletterSettings>): void => {
    const changed = { ...values, ...part };
    setValues(changed);
    saveSoon(changed);
  };
  return (
    <Stack>
      <Loaded query={groups} height={60}>
        {({ items }) => (
          <GroupChoice
            label={t('newsletters.groups')}
            description={t('newsletters.groupsHelp')}
            groups={items.filter(({ archivedAt }) => archivedAt === null)}
            groupIds={values.groupIds}
            onGroups={(chosen) => change({ groupIds: chosen })}
          />
        )}
      </Loaded>
      <Checkbox.Group
        label={t('newsletters.rolesLabel')}
        description={t('newsletters.rolesHelp')}
        value={values.roles}
        onChange={(chosen) => change({ roles: ROLES.filter((role) => chosen.includes(role)) })}
      >
        <Group gap="md" mt="xs">
          {ROLES.map((role) => (
            <Checkbox key={role} value={role} label={t(`newsletters.roles.${role}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <AudienceCount audience={{ groupIds: values.groupIds, roles: values.roles }} />
      <TextInput
        label={t('newsletters.address')}
        description={t('newsletters.addressHelp')}
        maxLength={200}
        value={values.senderAddress}
        onChange={({ currentTarget: { value } }) => change({ senderAddress: value })}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {save.isPending ? t('newsletters.saving') : save.isSuccess && t('newsletters.saved')}
      </Text>
      <ProblemNote error={save.error} />
    </Stack>
  );
}

/** Saves one after the other: each needs the version that the one before made. */
function useAutosave({ id, version }: NewsletterView) {
  const client = useQueryClient();
  const [seen, setSeen] = useState(version);
  const save = useMutation({
    scope: { id: `newsletter ${id}` },
    mutationFn: (values: NewsletterSettings) => {
      const current = client.getQueryData<NewsletterView>([...NEWSLETTERS_KEY, id])?.version ?? seen;
      return saveNewsletter(id, current, values);
    },
    onSuccess: (saved) => {
      setSeen(saved.version);
      client.setQueryData([...NEWSLETTERS_KEY, id], saved);
    },
  });
  return { save, saveSoon: useDebouncedCallback(save.mutate, { delay: PAUSE_MS, flushOnUnmount: true }) };
}
