import { Grid, NativeSelect, Stack, Tabs } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileText, IconMail, IconShare, IconWorld } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { OfferDetail, StricterLeadRule } from '#contracts';
import { useDraft } from '../../shared/draft';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded, Page } from '../../shared/Page';
import { useReaderTitle } from '../../shared/reader-title';
import { NOT_STRICTER } from '../../shared/lead-rules/lead-rule';
import { OfferLeadRule } from './OfferLeadRule';
import { CalendarCard } from './choices/CalendarCard';
import { type DateChoices, NO_CHOICES } from './choices/choices';
import { useDates } from './choices/dates';
import { EmailPreviews } from './EmailPreviews';
import { useLaunchPlan } from './launch-plan';
import { LaunchPanel } from './LaunchPanel';
import { DocumentPreviews } from './DocumentPreviews';
import { useSlotTexts } from './slot-texts';
import { PagePreviews } from './PagePreviews';
import { SocialPreviews } from './SocialPreviews';
import { SlotEditor } from './SlotEditor';
import { useOffer } from './api';

export function ReviewScreen() {
  const { t, i18n } = useTranslation();
  const readerTitle = useReaderTitle();
  const { versionId = '' } = useParams();
  const offer = useOffer(versionId);
  return (
    <Page
      title={offer.data === undefined ? t('review.title') : readerTitle(offer.data)}
      lead={
        offer.data &&
        `${offer.data.vendorName} · ${localised(offer.data.summaries, i18n.language) || offer.data.summary}`
      }
    >
      <Loaded query={offer} height={640}>
        {(loaded) => <Review offer={loaded} />}
      </Loaded>
    </Page>
  );
}

/** Shows a partner everything that a launch sends, beside the launch button. */
function Review({ offer }: { readonly offer: OfferDetail }) {
  const plan = useLaunchPlan(offer);
  const { locale, startAt } = plan;
  const { words, slots, unfit } = useSlotTexts(offer, locale);
  const [choices, setChoices] = useDraft<DateChoices>(`choices ${offer.versionId}`, NO_CHOICES);
  const [stricter, setStricter] = useDraft<StricterLeadRule>(`lead-rule ${offer.versionId}`, NOT_STRICTER);
  const startsAt = startAt === null ? null : new Date(startAt).toISOString();
  const calendar = useDates(offer.versionId, startsAt, choices);
  const inPlace = { offer, locale, words: useSettledTexts(locale, slots), own: words };
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
        <Tabs defaultValue={firstTab(offer)} keepMounted={false}>
          <PreviewTabs offer={offer} />
          {offer.emails.length > 0 && (
            <Tabs.Panel value="emails">
              <EmailPreviews {...inPlace} calendar={calendar.data} slots={slots} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="pages">
            <PagePreviews {...inPlace} />
          </Tabs.Panel>
          <Tabs.Panel value="documents">
            <DocumentPreviews {...inPlace} />
          </Tabs.Panel>
          <Tabs.Panel value="social">
            <SocialPreviews {...inPlace} />
          </Tabs.Panel>
        </Tabs>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
        <Stack>
          <LaunchPanel
            offer={offer}
            calendar={calendar.data}
            plan={plan}
            words={words}
            slots={slots}
            unfit={unfit}
            choices={choices}
            onChoices={setChoices}
            stricter={stricter}
          />
          <CalendarCard offer={offer} calendar={calendar} choices={choices} onChoices={setChoices}>
            {offer.locales.length > 1 && (
              <LocaleChoice offer={offer} locale={locale} onLocale={(chosen) => plan.choose({ locale: chosen })} />
            )}
          </CalendarCard>
          <OfferLeadRule offer={offer} stricter={stricter} onStricter={setStricter} />
          {offer.slots.length > 0 && <SlotEditor words={words} />}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

/**
 * Slot texts for the previews, after a pause in typing. The texts belong to the
 * language they are written in: after a change of language the new ones count
 * at once.
 */
function useSettledTexts<T>(locale: string, slots: T): T {
  const [settled] = useDebouncedValue(
    useMemo(() => ({ locale, slots }), [locale, slots]),
    500,
  );
  return settled.locale === locale ? settled.slots : slots;
}

/** The first kind of tactics that the offer has. */
function firstTab({ emails, pages, documents }: OfferDetail): string {
  if (emails.length > 0) return 'emails';
  if (pages.length > 0) return 'pages';
  return documents.length > 0 ? 'documents' : 'social';
}

/** Tabs of the kinds of tactics that the offer has. */
function PreviewTabs({ offer: { emails, pages, documents, social } }: { readonly offer: OfferDetail }) {
  const { t } = useTranslation();
  return (
    <Tabs.List mb="md">
      {emails.length > 0 && (
        <Tabs.Tab value="emails" leftSection={<IconMail size={16} aria-hidden />}>
          {t('review.emails')}
        </Tabs.Tab>
      )}
      {pages.length > 0 && (
        <Tabs.Tab value="pages" leftSection={<IconWorld size={16} aria-hidden />}>
          {t('review.pages')}
        </Tabs.Tab>
      )}
      {documents.length > 0 && (
        <Tabs.Tab value="documents" leftSection={<IconFileText size={16} aria-hidden />}>
          {t('review.documents')}
        </Tabs.Tab>
      )}
      {social.length > 0 && (
        <Tabs.Tab value="social" leftSection={<IconShare size={16} aria-hidden />}>
          {t('review.social')}
        </Tabs.Tab>
      )}
    </Tabs.List>
  );
}

interface LocaleChoiceProps {
  readonly offer: OfferDetail;
  readonly locale: string;
  readonly onLocale: (locale: string) => void;
}

/** Chooses the language of the campaign and of the partner's slot texts. */
function LocaleChoice({ offer, locale, onLocale }: LocaleChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <NativeSelect
      label={t('review.locale')}
      value={locale}
      {...(offer.slots.length > 0 && {
        description: t('review.localeOfWords', { language: format.language(locale) }),
      })}
      onChange={(event) => onLocale(event.currentTarget.value)}
      data={offer.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
    />
  );
}
