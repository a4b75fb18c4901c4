import { Alert, Badge, Button, Card, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconDownload, IconPhoto, IconSignature, IconWorldShare } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerAsset } from '#contracts';
import { getBlob } from '../../shared/api';
import { download } from '../../shared/download';
import { useFormat } from '../../shared/format';
import { AssetPicture } from '../../shared/library/AssetPicture';
import { ListScreen, useSearch } from '../../shared/ListScreen';
import { localised } from '../../shared/localised';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';
import { usePartnerLibrary } from './api';
import { assetsMatching } from './partner-filter';
import { SignatureDialog } from './SignatureDialog';

const SHARED_AS = ['brochure', 'battle-card', 'sales-play', 'signature', 'logo', 'picture', 'video'] as const;

/** What vendors share with a partner without a campaign. */
export function PartnerLibraryScreen() {
  const { t } = useTranslation();
  const search = useSearch();
  const library = usePartnerLibrary();
  const [as, setAs] = useState('');
  const [vendorId, setVendorId] = useState('');
  const all = library.data?.items ?? [];
  const vendors = [...new Map(all.map((asset) => [asset.vendorId, asset.vendorName]))];
  const kinds = SHARED_AS.filter((one) => all.some((asset) => asset.as === one));
  const list = {
    ...library,
    data: library.data === undefined ? undefined : assetsMatching(all, search.sought, as, vendorId),
  };
  return (
    <ListScreen
      title={t('library.title')}
      lead={t('library.partner.lead')}
      search={{ ...search, label: t('library.search') }}
      filter={
        <Group align="flex-end">
          <NativeSelect
            label={t('library.kind')}
            value={as}
            data={[
              { value: '', label: t('library.anyKind') },
              ...kinds.map((one) => ({ value: one, label: t(`library.as.${one}`) })),
            ]}
            onChange={(event) => setAs(event.currentTarget.value)}
          />
          {vendors.length > 1 && (
            <NativeSelect
              label={t('library.partner.vendor')}
              value={vendorId}
              data={[
                { value: '', label: t('library.partner.anyVendor') },
                ...vendors.map(([id, name]) => ({ value: id, label: name })),
              ]}
              onChange={(event) => setVendorId(event.currentTarget.value)}
            />
          )}
        </Group>
      }
      isNarrowed={search.sought !== '' || as !== '' || vendorId !== ''}
      list={list}
      height={380}
      empty={{ icon: IconPhoto, title: t('library.partner.none'), text: t('library.partner.noneText') }}
    >
      {(assets) => (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {assets.map((asset) => (
            <PartnerAssetCard key={asset.id} asset={asset} />
          ))}
        </SimpleGrid>
      )}
    </ListScreen>
  );
}

function PartnerAssetCard({ asset }: { readonly asset: PartnerAsset }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { title, vendorName, as, file, withdrawn, closesOn, texts, kind } = asset;
  const text = localised(texts, i18n.language);
  return (
    <Card withBorder padding="md">
      <Card.Section withBorder>
        <AssetPicture asset={asset} height={150} />
      </Card.Section>
      <Stack gap="xs" mt="md" h="100%">
        <Title order={2} size="h4">
          <bdi>{title}</bdi>
        </Title>
        <Group gap={6}>
          <Badge variant="default">{t(`library.as.${as}`)}</Badge>
          <Text size="sm" c="dimmed">
            {vendorName}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {file?.pages != null && `${t('library.pages', { count: file.pages })} · `}
          {t('library.partner.until', { day: format.day(closesOn) })}
        </Text>
        {text !== '' && kind === 'text' && (
          <Text size="sm" lineClamp={5} style={{ whiteSpace: 'pre-line' }}>
            {text}
          </Text>
        )}
        {withdrawn === null ? (
          <Acts asset={asset} text={text} />
        ) : (
          <Alert color="red" title={t('library.partner.withdrawn')}>
            {withdrawn.reason}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}

function Acts({ asset, text }: { readonly asset: PartnerAsset; readonly text: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [signing, setSigning] = useState(false);
  const fetched = useMutation({
    mutationFn: async (brand: 'own' | 'none') => {
      const query = new URLSearchParams({ brand, locale: i18n.language });
      const bytes = await getBlob(`/library/${asset.id}/file?${query.toString()}`, new AbortController().signal);
      download(bytes, fileName(asset, brand));
    },
    onError: () => void client.invalidateQueries({ queryKey: queryKeys.partnerLibrary }),
  });
  const { file, isBrandable, kind, address, captions } = asset;
  const isOf = (brand: 'own' | 'none'): boolean => fetched.isPending && fetched.variables === brand;
  return (
    <Stack gap="xs" mt="auto">
      <Group gap="xs">
        {isBrandable && (
          <Button
            size="xs"
            loading={isOf('own')}
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => fetched.mutate('own')}
          >
            {t('library.partner.branded')}
          </Button>
        )}
        {file !== null && (
          <Button
            size="xs"
            variant={isBrandable ? 'default' : 'filled'}
            loading={isOf('none')}
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => fetched.mutate('none')}
          >
            {t('library.partner.download')}
          </Button>
        )}
        {kind === 'signature' && (
          <Button size="xs" leftSection={<IconSignature size={14} aria-hidden />} onClick={() => setSigning(true)}>
            {t('library.partner.signature')}
          </Button>
        )}
        {kind === 'video' && address !== null && (
          <Button
            component="a"
            href={address}
            target="_blank"
            rel="noreferrer"
            size="xs"
            leftSection={<IconWorldShare size={14} aria-hidden />}
          >
            {t('library.partner.watch')}
          </Button>
        )}
        {kind === 'text' && text !== '' && <CopyText text={text} />}
        {captions.map((locale) => (
          <Button
            key={locale}
            component="a"
            href={`/api/v1/library/${asset.id}/captions/${locale}.vtt`}
            download={`${asset.title} ${locale}.vtt`}
            size="xs"
            variant="default"
          >
            {t('library.partner.captions', { language: format.language(locale) })}
          </Button>
        ))}
      </Group>
      <ProblemNote error={fetched.error} />
      {kind === 'signature' && <SignatureDialog asset={asset} opened={signing} onClose={() => setSigning(false)} />}
    </Stack>
  );
}

function CopyText({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      size="xs"
      leftSection={<IconCopy size={14} aria-hidden />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {t(isCopied ? 'library.partner.copied' : 'library.partner.copy')}
    </Button>
  );
}

/** As the API names it: a copy in the partner's brand is a PDF or a PNG. */
function fileName({ title, file, kind }: PartnerAsset, brand: 'own' | 'none'): string {
  if (brand === 'own') return `${title}.${kind === 'document' ? 'pdf' : 'png'}`;
  return file?.mediaType === 'image/svg+xml' ? `${title}.png` : (file?.name ?? title);
}
