import { Alert, List, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SendingSettings } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { DomainForm } from './DomainForm';
import { DomainRecords } from './DomainRecords';
import { FrequencyCap } from './FrequencyCap';
import { SendingPreferences } from './SendingPreferences';
import { LaunchDelay } from './LaunchDelay';
import { SendingStops } from './SendingStops';
import { useSending } from './api';

/** A partner's sender and domain, whether it can send, and today's volume. */
export function SendingScreen() {
  const { t } = useTranslation();
  const settings = useSending({ refetchInterval: 15_000 });
  return (
    <Page title={t('sending.title')} lead={t('sending.lead')}>
      <Loaded query={settings} height={480}>
        {(loaded) => (
          <Stack gap="xl">
            <SendingStops stops={loaded.stops} />
            <From settings={loaded} />
            <Pace stream={loaded.stream} />
            {loaded.domain !== null && <DomainRecords domain={loaded.domain} of="partner" />}
            <SendingPreferences />
            <LaunchDelay />
            <FrequencyCap of="partner" />
            <DomainForm key={loaded.domainVersion} domain={loaded.domain} version={loaded.domainVersion} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function From({ settings: { domain, standardAddress, vendorAddresses } }: { readonly settings: SendingSettings }) {
  const { t } = useTranslation();
  const isOwn = domain !== null && domain.state !== 'pending';
  return (
    <Paper withBorder p="lg">
      <Stack gap="xs">
        <Title order={2} size="h3">
          {t('sending.from')}
        </Title>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {isOwn ? domain.fromAddress : standardAddress}
        </Text>
        <Text size="sm" c="dimmed">
          {t(isOwn ? 'sending.fromOwn' : 'sending.fromStandard')}
        </Text>
        {!isOwn && vendorAddresses.length > 0 && (
          <List size="sm" spacing={4}>
            {vendorAddresses.map(({ vendor, address, isBroken }) => (
              <List.Item key={address} style={{ overflowWrap: 'anywhere' }}>
                {t(isBroken ? 'sending.fromVendorBroken' : 'sending.fromVendor', { vendor, address })}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Paper>
  );
}

function Pace({ stream: { today, initialHold, waiting } }: { readonly stream: SendingSettings['stream'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (today === null && initialHold === null && waiting === 0) return null;
  const of = today ?? initialHold;
  return (
    <Paper withBorder p="lg">
      <Stack gap="xs">
        <Title order={2} size="h3">
          {t('sending.pace')}
        </Title>
        {of !== null && (
          <Progress
            value={(100 * of.taken) / of.limit}
            aria-label={t('sending.paceOf', { taken: of.taken, limit: of.limit })}
          />
        )}
        <List size="sm" spacing={4}>
          {today !== null && (
            <List.Item>
              {t('sending.today', { taken: format.number(today.taken), limit: format.number(today.limit) })}
            </List.Item>
          )}
          {initialHold !== null && (
            <List.Item>
              {t('sending.look', {
                taken: format.number(initialHold.taken),
                limit: format.number(initialHold.limit),
                time: format.time(initialHold.endsAt),
              })}
            </List.Item>
          )}
          {waiting > 0 && <List.Item>{t('sending.waiting', { count: waiting })}</List.Item>}
        </List>
        <Alert color="blue" variant="light">
          {t('sending.paceWhy')}
        </Alert>
      </Stack>
    </Paper>
  );
}
