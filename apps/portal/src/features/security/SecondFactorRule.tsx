import { Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useSession } from '../../shared/session';
import { saveSignInPolicy, securityKeys, useSignInPolicy } from './api';

/** Lets an owner require a second factor of all people of the organisation. */
export function SecondFactorRule() {
  const { t } = useTranslation();
  const { organisation } = useSession();
  const client = useQueryClient();
  const policy = useSignInPolicy();
  const save = useMutation({
    mutationFn: (isSecondFactorRequired: boolean) => saveSignInPolicy({ isSecondFactorRequired }),
    onSuccess: (saved) => {
      client.setQueryData(securityKeys.policy, saved);
      notifications.show({ color: 'teal', message: t('security.policy.saved') });
    },
  });
  return (
    <Loaded query={policy} height={80}>
      {({ isSecondFactorRequired }) => (
        <Stack>
          <Text size="sm" c="dimmed">
            {t('security.policy.text', { organisation: organisation?.name ?? '' })}
          </Text>
          <Switch
            label={t('security.policy.require')}
            checked={isSecondFactorRequired}
            disabled={save.isPending}
            onChange={({ currentTarget }) => save.mutate(currentTarget.checked)}
          />
          <ProblemNote error={save.error} />
        </Stack>
      )}
    </Loaded>
  );
}
