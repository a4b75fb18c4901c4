import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerAsset } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { download } from '../../shared/download';
import { Loaded } from '../../shared/Page';
import { Preview } from '../../shared/Preview';
import { ProblemNote } from '../../shared/ProblemNote';
import { fetchSignature } from './api';

const FIELDS = ['name', 'title', 'phone', 'email'] as const;
type Person = Readonly<Record<(typeof FIELDS)[number], string>>;
const NOBODY: Person = { name: '', title: '', phone: '', email: '' };
const PAUSE_MS = 500;

interface SignatureDialogProps {
  readonly asset: PartnerAsset;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** An e-mail signature with the data of a person, to copy into a mail program. */
export function SignatureDialog({ asset, opened, onClose }: SignatureDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={asset.title} size="lg" centered>
      {opened && <Signature asset={asset} />}
    </Dialog>
  );
}

function Signature({ asset }: Pick<SignatureDialogProps, 'asset'>) {
  const { t, i18n } = useTranslation();
  const [person, setPerson] = useState(NOBODY);
  const [settled] = useDebouncedValue(person, PAUSE_MS);
  const [isCopied, setCopied] = useState(false);
  const query = {
    locale: i18n.language,
    ...Object.fromEntries(Object.entries(settled).filter(([, value]) => value.trim() !== '')),
  };
  const signature = useQuery({
    queryKey: ['signature', asset.id, query],
    queryFn: () => fetchSignature(asset.id, query),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // A preview counts nothing for the vendor.
  const take = useMutation({ mutationFn: () => fetchSignature(asset.id, { ...query, for: 'use' }) });
  const copy = async (html: string, text: string): Promise<void> => {
    const parts = {
      'text/html': new Blob([html], { type: 'text/html' }),
      'text/plain': new Blob([text], { type: 'text/plain' }),
    };
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    setCopied(true);
    take.mutate();
  };
  const save = (html: string): void => {
    download(new Blob([pageOf(html)], { type: 'text/html' }), `${asset.title}.html`);
    take.mutate();
  };
  return (
    <Stack>
      <Text size="sm">{t('library.signature.why')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`library.signature.${field}`)}
            placeholder={t('library.signature.fromBrand')}
            value={person[field]}
            maxLength={100}
            onChange={(event) => {
              setPerson({ ...person, [field]: event.currentTarget.value });
              setCopied(false);
            }}
          />
        ))}
      </SimpleGrid>
      <Loaded query={signature} height={160}>
        {({ html, text }) => (
          <>
            <Paper withBorder style={{ overflow: 'hidden' }}>
              <Preview title={t('library.signature.preview')} html={pageOf(html)} layoutWidth={560} height={240} />
            </Paper>
            <ProblemNote error={take.error} />
            <Group justify="flex-end">
              <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => save(html)}>
                {t('library.signature.download')}
              </Button>
              <Button leftSection={<IconCopy size={14} aria-hidden />} onClick={() => void copy(html, text)}>
                {t(isCopied ? 'library.partner.copied' : 'library.signature.copy')}
              </Button>
            </Group>
          </>
        )}
      </Loaded>
    </Stack>
  );
}

const pageOf = (html: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"></head><body style="margin:16px;background:#ffffff">${html}</body></html>`;
