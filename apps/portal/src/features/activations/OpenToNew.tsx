import { Anchor, Group, Image, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { CopyField } from '../../shared/CopyField';

const CODE_PX = 128;

/**
 * What a partner does next after a launch without a list: the link, QR code and
 * posts through which people enter. Nothing for other activations, and once it
 * is over.
 */
export function OpenToNew({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const { lists, status, vendorEnd, hasPage } = activation;
  const isOver = vendorEnd !== null || (status !== 'active' && status !== 'held');
  if (lists.include.length > 0 || isOver) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="open-to-new">
      <Stack>
        <Title order={2} id="open-to-new">
          {t('openToNew.title')}
        </Title>
        <Text size="sm">{t('openToNew.text')}</Text>
        {hasPage && <PageLinks activation={activation} />}
        <List size="sm" spacing={4}>
          <List.Item>{t(hasPage ? 'openToNew.share' : 'openToNew.noPage')}</List.Item>
          {hasPage && <List.Item>{t('openToNew.leads')}</List.Item>}
        </List>
      </Stack>
    </Paper>
  );
}

/** The link and the QR code of the landing page. */
function PageLinks({ activation: { id, pageUrl } }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const code = `/api/v1/activations/${id}/page-code.svg`;
  return (
    <Group align="flex-start" gap="lg">
      <Stack gap={4}>
        <Image
          src={code}
          alt={t('openToNew.code')}
          w={CODE_PX}
          h={CODE_PX}
          // Readers of codes need black on white, in the dark, too.
          style={{ background: 'white' }}
        />
        <Anchor href={code} download="qr-code.svg" size="sm">
          <Group gap={6} wrap="nowrap">
            <IconDownload size={16} aria-hidden />
            {t('openToNew.download')}
          </Group>
        </Anchor>
        <Text size="xs" c="dimmed">
          {t('openToNew.codeHow')}
        </Text>
      </Stack>
      <Stack gap="xs" style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <CopyField label={t('openToNew.link')} text={pageUrl} />
        <Anchor href={pageUrl} target="_blank" rel="noreferrer" size="sm">
          <Group gap={6} wrap="nowrap">
            <IconExternalLink size={16} aria-hidden />
            {t('openToNew.open')}
          </Group>
        </Anchor>
      </Stack>
    </Group>
  );
}
