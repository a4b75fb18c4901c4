import { Autocomplete, Button, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { CopyCampaign } from '#contracts';
import { Dialog } from '../../../shared/Dialog';
import { useDraftForm } from '../../../shared/draft-form';
import { ProblemNote } from '../../../shared/ProblemNote';
import { RestoredDraftNote } from '../../../shared/RestoredDraftNote';
import { useLanguageChoices } from '../../../shared/use-language-choices';
import { WaitNote } from '../../../shared/WaitNote';
import { copyCampaign, useCampaignList, useCampaignTemplates } from '../api';
import { versionPath } from '../campaign';

/** What a campaign begins with, and the proposed values of its form. */
export interface Start {
  readonly from: z.input<typeof CopyCampaign>['from'];
  readonly title: string;
  readonly languages: readonly string[];
  /** Languages that it has texts in. */
  readonly written: readonly string[];
  readonly theme: string;
}

interface StartDialogProps {
  readonly start: Start | null;
  readonly onClose: () => void;
}

/** Asks for title, languages and theme of a new campaign, and opens its draft in the builder. */
export function StartDialog({ start, onClose }: StartDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={start !== null} onClose={onClose} title={t('gallery.title')} centered>
      {start !== null && <StartForm start={start} />}
    </Dialog>
  );
}

/** Longest title and theme. */
const MOST_CHARS = 120;
const MOST_THEME_CHARS = 60;

function StartForm({ start }: { readonly start: Start }) {
  const { t } = useTranslation();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `campaign-copy ${JSON.stringify(start.from)}`,
    saved: { title: start.title, languages: [...start.languages], theme: start.theme },
  });
  const { title, languages, theme } = form.values;
  const isLong = title.trim().length > MOST_CHARS;
  const create = useCreate(start.from, forget);
  const languageChoices = useLanguageChoices(start.written);
  const themes = useThemes();
  const isComplete = title.trim() !== '' && !isLong && languages.length > 0 && theme.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ title, languages, theme: theme.trim() });
      }}
    >
      <Stack>
        <TextInput
          label={t('gallery.name')}
          description={t('gallery.nameWhy')}
          required
          disabled={create.isPending}
          data-autofocus
          {...form.getInputProps('title')}
          {...(isLong ? { error: t('gallery.tooLong', { count: MOST_CHARS }) } : {})}
        />
        <MultiSelect
          openOnFocus={false}
          label={t('gallery.languages')}
          description={t('gallery.languagesWhy')}
          required
          searchable
          disabled={create.isPending}
          nothingFoundMessage={t('common.nothingFound')}
          data={languageChoices}
          {...form.getInputProps('languages')}
        />
        <Autocomplete
          label={t('gallery.theme')}
          description={t('gallery.themeWhy')}
          required
          maxLength={MOST_THEME_CHARS}
          disabled={create.isPending}
          data={themes}
          {...form.getInputProps('theme')}
        />
        <WaitNote isWaiting={create.isPending} what={t('gallery.wait')} />
        <ProblemNote error={create.error} />
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Button type="submit" disabled={!isComplete} loading={create.isPending}>
          {t('gallery.create')}
        </Button>
      </Stack>
    </form>
  );
}

function useCreate(from: Start['from'], forget: () => void) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (chosen: { readonly title: string; readonly languages: readonly string[]; readonly theme: string }) =>
      copyCampaign({ from, ...chosen }),
    onSuccess: async ({ campaignId, number }) => {
      forget();
      await client.invalidateQueries();
      // Pending until the page changes: the button would make a second draft.
      await navigate(`${versionPath(campaignId, number)}/edit?tab=design`);
    },
  });
}

/** Themes that the templates and the vendor's campaigns have. */
function useThemes(): string[] {
  const templates = useCampaignTemplates({ staleTime: Number.POSITIVE_INFINITY });
  const own = useCampaignList('limit=30');
  const themes = [...(own.data ?? []), ...(templates.data?.items ?? [])].map(({ theme }) => theme);
  return [...new Set(themes)].toSorted((one, other) => one.localeCompare(other));
}
