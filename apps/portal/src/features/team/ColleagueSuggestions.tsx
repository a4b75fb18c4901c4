import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColleagueSuggestions as Suggestions } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate } from '../../shared/query-keys';
import { declineSuggestion, inviteSuggested, teamKeys, useColleagueSuggestions } from './api';
import { rolesOf, useRoleName } from './roles';

type Suggestion = Suggestions['items'][number];

/** People whom vendors suggest for a partner's team; renders nothing if there are none. */
export function ColleagueSuggestions({ canEdit }: { readonly canEdit: boolean }) {
  const { t } = useTranslation();
  const suggestions = useColleagueSuggestions();
  // No placeholder, because there are rarely any.
  if (suggestions.isPending) return null;
  return (
    <Loaded query={suggestions}>
      {({ items }) =>
        items.length > 0 && (
          <Stack component="section" aria-labelledby="suggested">
            <Title order={2} id="suggested">
              {t('team.suggested.title')}
            </Title>
            <Text size="sm">{t('team.suggested.lead')}</Text>
            {items.map((suggestion) => (
              <SuggestedPerson key={suggestion.id} suggestion={suggestion} canEdit={canEdit} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

interface SuggestedPersonProps {
  readonly suggestion: Suggestion;
  readonly canEdit: boolean;
}

function SuggestedPerson({ suggestion: { id, email, vendorName, suggestedAt }, canEdit }: SuggestedPersonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const roleName = useRoleName();
  const client = useQueryClient();
  const [role, setRole] = useState('marketer');
  const told = (sentence: string) => async () => {
    notifications.show({ color: 'teal', message: sentence });
    await invalidate(client, teamKeys.suggestions, teamKeys.invitations);
  };
  const invite = useMutation({
    mutationFn: () => inviteSuggested(id, { role }),
    onSuccess: told(t('team.invited', { email })),
  });
  const decline = useMutation({
    mutationFn: () => declineSuggestion(id),
    onSuccess: told(t('team.suggested.declined', { email })),
  });
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="center">
        <div>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {email}
          </Text>
          <Text size="sm" c="dimmed">
            {t('team.suggested.by', { vendor: vendorName, at: format.moment(suggestedAt) })}
          </Text>
        </div>
        {canEdit && (
          <Group gap="xs">
            <NativeSelect
              size="xs"
              aria-label={t('team.roleOf', { name: email })}
              data={rolesOf('partner').map((one) => ({ value: one, label: roleName(one) }))}
              value={role}
              onChange={({ currentTarget }) => setRole(currentTarget.value)}
            />
            <Button size="xs" loading={invite.isPending} onClick={() => invite.mutate()}>
              {t('team.suggested.invite')}
            </Button>
            <Button size="xs" variant="default" loading={decline.isPending} onClick={() => decline.mutate()}>
              {t('team.suggested.decline')}
            </Button>
          </Group>
        )}
      </Group>
      <ProblemNote error={invite.error ?? decline.error} />
    </Stack>
  );
}
