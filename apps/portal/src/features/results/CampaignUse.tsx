import { Group, Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorUse, ArtworkType } from '#contracts';
import { useFormat } from '../../shared/format';
import { withFieldLabels } from '../../shared/text-fields';

type Use = VendorUse['campaigns'][number];

interface CampaignUseProps {
  readonly use: Use;
  readonly asOf: string;
  /** Smaller groups are not shown. */
  readonly smallestGroup: number;
}

/**
 * Shows a vendor which slots partners edited and which assets they downloaded.
 */
export function CampaignUse({ use, asOf, smallestGroup }: CampaignUseProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { launched, slots, assets } = use;
  const titled = (kind: ArtworkType) =>
    assets
      .filter((asset) => asset.kind === kind)
      .map(({ title, partners }) => ({ label: withFieldLabels(title, t), partners }));
  return (
    <Stack gap="xs">
      <Title order={3}>{t('use.title')}</Title>
      <Text size="sm" c="dimmed">
        {launched === null
          ? t('use.hidden', { count: smallestGroup })
          : t('use.lead', { day: format.day(asOf), count: smallestGroup })}
      </Text>
      {launched !== null && (
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          <Shares title={t('use.slot')} items={slots} launched={launched} />
          <Shares title={t('use.document')} items={titled('document')} launched={launched} />
          <Shares title={t('use.social')} items={titled('social')} launched={launched} />
        </SimpleGrid>
      )}
    </Stack>
  );
}

interface SharesProps {
  readonly title: string;
  readonly items: readonly { readonly label: string; readonly partners: number | null }[];
  readonly launched: number;
}

function Shares({ title, items, launched }: SharesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="md">
      <Text size="sm" fw={600} mb="sm">
        {title}
      </Text>
      {items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('use.none')}
        </Text>
      )}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map(({ label, partners }) => (
          <li key={label}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Text size="sm" lineClamp={2}>
                {label}
              </Text>
              <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
                {partners === null
                  ? t('results.tooFew')
                  : t('use.of', { partners: format.number(partners), launched: format.number(launched) })}
              </Text>
            </Group>
            <Progress value={launched === 0 ? 0 : (100 * (partners ?? 0)) / launched} aria-hidden />
          </li>
        ))}
      </Stack>
    </Paper>
  );
}
