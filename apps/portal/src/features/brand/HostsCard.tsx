import { Alert, Anchor, Box, Button, Group, List, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { keepPreviousData, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VerifiedHosts } from '#contracts';
import { useCan } from '../../shared/session';
import { useFieldErrors } from '../../shared/field-errors';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { HostClaim, useHostsChanged } from './HostClaim';
import { UnicodeHost } from './UnicodeHost';
import { createVerifiedHost, useVerifiedHosts } from './api';

/**
 * Shows a partner the hosts that their links may use, the proof of each, and
 * hosts without proof.
 */
export function HostsCard({ version }: { readonly version: number }) {
  const { t } = useTranslation();
  const can = useCan();
  // A new version of the profile can have another website.
  const hosts = useVerifiedHosts(version, { placeholderData: keepPreviousData });
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('brand.hosts.title')}>
      <Stack>
        <Title order={2} size="h3">
          {t('brand.hosts.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('brand.hosts.lead')}
        </Text>
        <Loaded query={hosts} height={120}>
          {(loaded) => <Hosts known={loaded} />}
        </Loaded>
        {can('brand.edit') && <AnotherHost />}
      </Stack>
    </Paper>
  );
}

function Hosts({ known: { hosts, unprovenWebsite, claims } }: { readonly known: VerifiedHosts }) {
  const isClaimed = claims.some(({ host }) => unprovenWebsite === host || unprovenWebsite?.endsWith(`.${host}`));
  return (
    <>
      <Proofs hosts={hosts} />
      {unprovenWebsite !== null && <Unproven host={unprovenWebsite} isClaimed={isClaimed} />}
      {claims.map((claim) => (
        <HostClaim key={claim.host} claim={claim} />
      ))}
    </>
  );
}

function Proofs({ hosts }: Pick<VerifiedHosts, 'hosts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (hosts.length === 0) return null;
  return (
    <List size="sm" spacing="xs">
      {hosts.map(({ host, letters, how, since }) => (
        <List.Item key={`${how} ${host}`} style={{ overflowWrap: 'anywhere' }}>
          <Text span fw={600} size="sm">
            {host}
          </Text>{' '}
          <UnicodeHost host={host} letters={letters} />
          {t(`brand.hosts.how.${how}`, { since: format.date(since) })}
        </List.Item>
      ))}
    </List>
  );
}

function Unproven({ host, isClaimed }: { readonly host: string; readonly isClaimed: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  const changed = useHostsChanged();
  const claim = useMutation({
    mutationFn: () => createVerifiedHost({ host }),
    onSuccess: changed,
  });
  return (
    <Alert color="yellow" title={t('brand.hosts.unproven', { host })}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t(isClaimed ? 'brand.hosts.byRecord' : 'brand.hosts.byRecordFirst')}{' '}
          {t('brand.hosts.byMailbox', { host: host.replace(/^www\./, '') })}{' '}
          {can('partner-team.edit') && (
            <Anchor component={Link} to="/team" size="sm">
              {t('brand.hosts.toTeam')}
            </Anchor>
          )}
        </Text>
        {!isClaimed && can('brand.edit') && (
          <Button size="compact-md" loading={claim.isPending} onClick={() => claim.mutate()}>
            {t('brand.hosts.make')}
          </Button>
        )}
        <ProblemNote error={claim.error} />
      </Stack>
    </Alert>
  );
}

function AnotherHost() {
  const { t } = useTranslation();
  const changed = useHostsChanged();
  const form = useForm({ initialValues: { host: '' } });
  const claim = useMutation({
    mutationFn: (body: typeof form.values) => createVerifiedHost(body),
    onSuccess: () => {
      form.reset();
      return changed();
    },
  });
  const fieldErrors = useFieldErrors(claim.error);
  return (
    <form onSubmit={form.onSubmit((values) => claim.mutate(values))}>
      <Group align="flex-start">
        <TextInput
          label={t('brand.hosts.another')}
          placeholder="shop.example.com"
          required
          maxLength={253}
          style={{ flex: '1 1 200px' }}
          {...form.getInputProps('host')}
          error={fieldErrors['host']}
        />
        <Button type="submit" variant="default" mt={{ base: 0, xs: 25 }} loading={claim.isPending}>
          {t('brand.hosts.make')}
        </Button>
      </Group>
      {fieldErrors['host'] === undefined && claim.error !== null && (
        <Box mt="sm">
          <ProblemNote error={claim.error} />
        </Box>
      )}
    </form>
  );
}
