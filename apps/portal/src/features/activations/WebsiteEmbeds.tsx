import { Alert, Anchor, Button, Code, Group, List, Modal, Stack, Tabs, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconWorldCode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationEmbeds } from '#contracts';
import { CopyField } from '../../shared/CopyField';
import { Loaded } from '../../shared/Page';
import { useActivationEmbeds } from './api';
import { WebsiteReporting } from './WebsiteReporting';

/** Code with which a partner shows a campaign on its own website. */
export function WebsiteEmbeds({ activationId }: { readonly activationId: string }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Group>
        <Button variant="default" leftSection={<IconWorldCode size={16} aria-hidden />} onClick={open}>
          {t('embeds.open')}
        </Button>
      </Group>
      <Modal opened={opened} onClose={close} title={t('embeds.title')} size="xl">
        <Embeds activationId={activationId} />
      </Modal>
    </>
  );
}

function Embeds({ activationId }: { readonly activationId: string }) {
  const { t } = useTranslation();
  const embeds = useActivationEmbeds(activationId);
  return (
    <Loaded query={embeds} height={480}>
      {(loaded) =>
        loaded.hasPage ? (
          <Stack>
            <Text size="sm">{t('embeds.lead')}</Text>
            <Hosts hosts={loaded.hosts} />
            {loaded.state !== 'live' && <Alert color="yellow">{t(`embeds.state.${loaded.state}`)}</Alert>}
            <Forms embeds={loaded} />
          </Stack>
        ) : (
          <Text size="sm">{t('embeds.noPage')}</Text>
        )
      }
    </Loaded>
  );
}

/** Websites that may show the campaign. */
function Hosts({ hosts }: Pick<ActivationEmbeds, 'hosts'>) {
  const { t } = useTranslation();
  const toHosts = (
    <Anchor component={Link} to="/brand" size="sm" underline="always">
      {t('embeds.toHosts')}
    </Anchor>
  );
  if (hosts.length === 0)
    return (
      <Alert color="yellow" title={t('embeds.noHosts')}>
        <Text size="sm">
          {t('embeds.noHostsText')} {toHosts}
        </Text>
      </Alert>
    );
  return (
    <Text size="sm">
      {t('embeds.hosts')} <Code>{hosts.join(', ')}</Code> {toHosts}
    </Text>
  );
}

function Forms({ embeds: { card, frame, component, feeds } }: { readonly embeds: ActivationEmbeds }) {
  const { t } = useTranslation();
  return (
    <Tabs defaultValue="frame" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="frame">{t('embeds.frame.name')}</Tabs.Tab>
        <Tabs.Tab value="component">{t('embeds.component.name')}</Tabs.Tab>
        <Tabs.Tab value="card">{t('embeds.card.name')}</Tabs.Tab>
        <Tabs.Tab value="feeds">{t('embeds.feeds.name')}</Tabs.Tab>
        <Tabs.Tab value="visits">{t('embeds.visits.name')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="frame" pt="md">
        <Stack>
          <Text size="sm">{t('embeds.frame.text')}</Text>
          <CopyField label={t('embeds.code')} text={frame.code} />
          <Policy policy={frame.policy} />
          <LivePreview path={frame.preview} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="component" pt="md">
        <Stack>
          <Text size="sm">{t('embeds.component.text')}</Text>
          <CopyField label={t('embeds.code')} text={component.code} />
          <Policy policy={component.policy} />
          <LivePreview path={component.preview} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="card" pt="md">
        <Stack>
          <Text size="sm">{t('embeds.card.text')}</Text>
          <CopyField label={t('embeds.address')} text={card.url} />
          <List size="sm" type="ordered">
            <List.Item>{t('embeds.card.paste')}</List.Item>
            <List.Item>{t('embeds.card.appears')}</List.Item>
          </List>
          <LivePreview path={card.preview} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="feeds" pt="md">
        <Stack>
          <Text size="sm">{t('embeds.feeds.text')}</Text>
          <CopyField label="JSON Feed 1.1" text={feeds.json} />
          <CopyField label="RSS 2.0" text={feeds.rss} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="visits" pt="md">
        <WebsiteReporting />
      </Tabs.Panel>
    </Tabs>
  );
}

function Policy({ policy }: { readonly policy: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t('embeds.policyText')}
      </Text>
      <CopyField label="Content-Security-Policy" text={policy} />
    </Stack>
  );
}

/** The embed as a website shows it now. Its form cannot be sent here. */
function LivePreview({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('embeds.preview')}
      </Title>
      <iframe
        src={path}
        title={t('embeds.preview')}
        sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        style={{ width: '100%', height: 420, border: '1px solid var(--mantine-color-default-border)' }}
      />
    </Stack>
  );
}
