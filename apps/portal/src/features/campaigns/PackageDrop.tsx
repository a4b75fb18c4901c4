import { List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPackage } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useConfirmContext } from '../../shared/Confirmations';
import { FileDrop } from '../../shared/FileDrop';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { WaitNote } from '../../shared/WaitNote';
import { versionPath } from './campaign';
import { uploadPackage, useCampaign } from './api';

/**
 * Uploads a campaign package.
 * It becomes a draft, or all of its problems are listed. Before it replaces a
 * draft, it asks.
 * @param id of the campaign that gets a version; undefined: a new one, below a
 *   heading of its own.
 */
export function PackageDrop({ id }: { readonly id: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ask } = useConfirmContext();
  const by = useId();
  const upload = useUpload(id);
  const campaign = useCampaign(id ?? '', { enabled: id !== undefined });
  const drop = (file: File): void => {
    const [newest] = campaign.data?.versions ?? [];
    if (newest === undefined || newest.status !== 'draft') {
      upload.mutate({ file, basedOn: null });
      return;
    }
    const { number, packageHash, savedBy, savedAt } = newest;
    ask({
      by,
      label: t('upload.replace', { number }),
      question: t('upload.replaceQuestion', { number }),
      text: t('upload.replaceText', { file: file.name, by: savedBy, at: format.moment(savedAt) }),
      danger: true,
      act: async () => upload.mutate({ file, basedOn: packageHash }),
    });
  };
  return (
    <Stack>
      <FileDrop
        label={t('upload.drop')}
        kinds={t('upload.kinds')}
        icon={<IconPackage size={44} stroke={1.3} aria-hidden />}
        room={48}
        pending={upload.isPending || (id !== undefined && campaign.isPending)}
        onFile={drop}
      />
      <WaitNote isWaiting={upload.isPending} what={t('upload.wait')} />
      <ProblemNote error={upload.error} />
      <Paper withBorder p="lg">
        <Stack gap="xs">
          <Title order={id === undefined ? 3 : 2} size="h3">
            {t('upload.what')}
          </Title>
          <List size="sm" spacing={4}>
            <List.Item>{t('upload.definition')}</List.Item>
            <List.Item>{t('upload.templates')}</List.Item>
            <List.Item>{t('upload.locales')}</List.Item>
            <List.Item>{t('upload.artwork')}</List.Item>
          </List>
          <Text size="sm" c="dimmed">
            {t('upload.cli')} <code>npx throughline push ./my-campaign</code>
          </Text>
        </Stack>
      </Paper>
    </Stack>
  );
}

function useUpload(id: string | undefined) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    /** @param basedOn hash of the draft that it replaces. */
    mutationFn: ({ file, basedOn }: { readonly file: File; readonly basedOn: string | null }) => {
      const form = new FormData();
      form.set('package', file);
      return uploadPackage(id, form, basedOn);
    },
    onSuccess: async ({ campaignId, number }) => {
      await client.invalidateQueries();
      // Pending until the page changes: a second file would make another draft.
      await navigate(versionPath(campaignId, number));
    },
  });
}
