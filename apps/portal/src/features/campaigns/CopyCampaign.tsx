import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { CopyCampaign as CopyRequest } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { WaitNote } from '../../shared/WaitNote';
import { versionPath } from './campaign';
import { copyCampaign } from './api';

/** Source of a copy and its proposed title. */
export type Copied = z.input<typeof CopyRequest>;

interface CopyCampaignProps {
  readonly copied: Copied | null;
  readonly onClose: () => void;
}

/** Asks a vendor for the title of the new campaign, and opens its draft. */
export function CopyCampaign({ copied, onClose }: CopyCampaignProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={copied !== null} onClose={onClose} title={t('copying.title')} centered>
      {copied !== null && <TitleForm copied={copied} />}
    </Dialog>
  );
}

/** Longest title. */
const MOST_CHARS = 120;

function TitleForm({ copied }: { readonly copied: Copied }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `campaign-copy ${JSON.stringify(copied.from)}`,
    saved: { title: copied.title },
  });
  const { title } = form.values;
  const isLong = title.trim().length > MOST_CHARS;
  const copy = useMutation({
    mutationFn: () => copyCampaign({ ...copied, title }),
    onSuccess: async ({ campaignId, number }) => {
      forget();
      await client.invalidateQueries();
      // Pending until the page changes: the button would make a second draft.
      await navigate(versionPath(campaignId, number));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        copy.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('copying.name')}
          description={t('copying.nameWhy')}
          required
          disabled={copy.isPending}
          data-autofocus
          {...form.getInputProps('title')}
          {...(isLong ? { error: t('copying.tooLong', { count: MOST_CHARS }) } : {})}
        />
        <WaitNote isWaiting={copy.isPending} what={t('copying.wait')} />
        <ProblemNote error={copy.error} />
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" disabled={title.trim() === '' || isLong} loading={copy.isPending}>
          {t('copying.create')}
        </Button>
      </Stack>
    </form>
  );
}
