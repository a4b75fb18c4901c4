import { Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { Loaded } from '../../shared/Page';
import { AddProvider } from './AddProvider';
import { ProviderCard } from './ProviderCard';
import { useInboundMailbox, useProviderSources } from './api';

/** Events arrive at any time. */
const LOOK_AGAIN_MS = 10_000;

/** A vendor's e-mail providers that report deliveries and bounces. */
export function ProvidersScreen() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const sources = useProviderSources({
    select: ({ items }) => items.filter(({ revokedAt }) => revokedAt === null),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <ListScreen
      title={t('providers.title')}
      lead={t('providers.lead')}
      actions={<Button onClick={open}>{t('providers.add')}</Button>}
      list={sources}
      height={220}
      empty={{ icon: IconMailbox, title: t('providers.none'), text: t('providers.noneText') }}
      after={
        <>
          <Mailbox />
          <AddProvider opened={opened} onClose={close} />
        </>
      }
    >
      {(standing) => (
        <Stack>
          {standing.map((source) => (
            <ProviderCard key={source.id} source={source} />
          ))}
        </Stack>
      )}
    </ListScreen>
  );
}

/**
 * The installation's bounce mailbox: its state, and how an operator configures
 * it.
 */
function Mailbox() {
  const { t } = useTranslation();
  const format = useFormat();
  const mailbox = useInboundMailbox();
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="mailbox">
      <Stack gap="sm">
        <Title order={2} size="h4" id="mailbox">
          {t('providers.mailbox.title')}
        </Title>
        <Loaded query={mailbox} height={24}>
          {({ readAt, failingSince }) => (
            <Text size="sm" fw={600} {...(failingSince === null ? {} : { c: 'red' })}>
              {failingSince !== null
                ? t('providers.mailbox.failing', { at: format.moment(failingSince) })
                : readAt !== null
                  ? t('providers.mailbox.works', { at: format.moment(readAt) })
                  : t('providers.mailbox.never')}
            </Text>
          )}
        </Loaded>
        <Text size="sm">{t('providers.mailbox.text')}</Text>
        <List type="ordered" size="sm" spacing={4} style={{ overflowWrap: 'anywhere' }}>
          {(['step1', 'step2', 'step3'] as const).map((step) => (
            <List.Item key={step}>{t(`providers.mailbox.${step}`)}</List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  );
}
