import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type CampaignVersionDetail, TACTIC_SECTIONS, type TemplateSection } from '#contracts';
import { BrandChoice, useBrandName } from '../../shared/BrandChoice';
import { useFormat } from '../../shared/format';
import { useConditionText } from '../../shared/condition-text';
import { DEFAULT_SETTINGS, PreviewSettingsControl, PartsLegend } from '../../shared/PreviewSettings';
import { type Recipient, RecipientChoice } from '../../shared/RecipientChoice';
import { SendTestMail } from '../../shared/SendTestMail';
import { DocumentPreview, PostPreview } from './ArtworkPreviews';
import { localised } from '../../shared/localised';
import { useCampaignPreview } from './campaign';
import { CommentsOn } from './comments/Comments';
import { partShown } from './comments/comment-about';
import { TemplatePreview } from './TemplatePreview';

/**
 * Previews any tactic for a vendor, in any partner's brand, language and
 * recipient variant. `?show=…` names the tactic.
 */
export function TacticPreviews({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tactics = useTacticOptions(version);
  const [query, setQuery] = useSearchParams();
  const all = tactics.flatMap(({ items }) => items);
  const tactic = (all.find(({ value }) => value === query.get('show')) ?? all[0])?.value ?? '';
  const [locale, setLocale] = useState(version.locales[0] ?? 'en');
  const [partnerId, setPartnerId] = useState('');
  const [recipient, setRecipient] = useState<Recipient>({});
  const [look, setLook] = useState(DEFAULT_SETTINGS);
  const [kind, key = ''] = tactic.split(' ');
  const isTemplate = kind === 'emails' || kind === 'pages';
  const partnerName = useBrandName(partnerId);
  const shown = { version, locale, partnerId };
  const about = partShown(tactic);
  return (
    <Stack>
      <Group align="flex-end">
        <NativeSelect
          label={t('version.tactic')}
          data={tactics}
          value={tactic}
          onChange={(event) => setQuery({ tab: 'preview', show: event.currentTarget.value }, { replace: true })}
        />
        <BrandChoice partnerId={partnerId} onChoose={setPartnerId} />
        <NativeSelect
          label={t('review.locale')}
          data={version.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
          value={locale}
          onChange={(event) => setLocale(event.currentTarget.value)}
        />
        {isTemplate && (
          <VariantChoice {...{ version, kind, locale, recipient }} templateKey={key} onChoose={setRecipient} />
        )}
        {isTemplate && <PreviewSettingsControl look={look} onLook={setLook} />}
        {kind === 'emails' && (
          <SendTestMail
            {...{ campaignId: version.campaignId, number: version.number, locale, partnerId, recipient }}
            emailKey={key}
          />
        )}
      </Group>
      {kind === 'emails' && <WhenSent version={version} emailKey={key} />}
      {about !== null && <CommentsOn version={version} about={about} />}
      {isTemplate && look.parts && <PartsLegend />}
      {isTemplate && <TemplatePreview {...shown} kind={kind} templateKey={key} recipient={recipient} look={look} />}
      {kind === 'documents' && <DocumentPreview {...shown} partnerName={partnerName} artworkKey={key} />}
      {kind === 'social' && <PostPreview {...shown} partnerName={partnerName} artworkKey={key} />}
    </Stack>
  );
}

/** When an e-mail is sent: on which day, after which branch, or never. */
function WhenSent({ version, emailKey }: { readonly version: CampaignVersionDetail; readonly emailKey: string }) {
  const { t } = useTranslation();
  const conditionText = useConditionText();
  const steps = version.sequence.steps.filter(({ kind, about }) => kind === 'email' && about === emailKey);
  return (
    <Text size="sm">
      {steps.length === 0
        ? t('version.sentNever')
        : steps
            .map(({ earliestHour, onlyIf: conditions }) =>
              [t('version.sentFrom', { day: Math.floor(earliestHour / 24) + 1 }), conditionText(conditions)]
                .filter((sentence) => sentence !== null)
                .join(' '),
            )
            .join(' ')}
    </Text>
  );
}

interface VariantChoiceProps {
  readonly version: CampaignVersionDetail;
  readonly kind: TemplateSection;
  readonly templateKey: string;
  readonly locale: string;
  readonly recipient: Recipient;
  readonly onChoose: (recipient: Recipient) => void;
}

/**
 * Template conditions on the recipient do not depend on the shown contact.
 * They are loaded once, without a contact.
 */
function VariantChoice({ version, kind, templateKey, locale, recipient, onChoose }: VariantChoiceProps) {
  const { campaignId: id, number } = version;
  const { data } = useCampaignPreview({ id, number, kind, templateKey, choice: { locale } });
  return <RecipientChoice asks={data?.asks ?? []} recipient={recipient} onChoose={onChoose} />;
}

function useTacticOptions({ tactics, sequence }: CampaignVersionDetail) {
  const { t, i18n } = useTranslation();
  const words = (text: Readonly<Record<string, string>>) => localised(text, i18n.language);
  const byBranch = (email: string): boolean => {
    const steps = sequence.steps.filter(({ kind, about }) => kind === 'email' && about === email);
    return steps.length > 0 && steps.every(({ onlyIf }) => onlyIf.length > 0);
  };
  const options = {
    emails: tactics.emails.map(({ key, subject }) => ({
      key,
      label: byBranch(key) ? t('version.byBranch', { subject: words(subject) }) : words(subject),
    })),
    pages: tactics.pages.map(({ key, title }) => ({ key, label: words(title) })),
    documents: tactics.documents.map(({ key, title }) => ({ key, label: words(title) })),
    social: tactics.social.map(({ key, text }) => ({ key, label: `${words(text).slice(0, 48)}…` })),
  };
  return TACTIC_SECTIONS.filter((kind) => options[kind].length > 0).map((kind) => ({
    group: t(`version.kind.${kind}`),
    items: options[kind].map(({ key, label }) => ({ value: `${kind} ${key}`, label })),
  }));
}
