import { Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CampaignVersionDetail } from '#contracts';
import { BrandChoice, useBrandName } from '../../shared/BrandChoice';
import { useFormat } from '../../shared/format';
import { FIRST_LOOK, LookChoice, PartsLegend } from '../../shared/PreviewLook';
import { DocumentPreview, PostPreview } from './ArtworkPreviews';
import { localised } from '../../shared/localised';
import { CommentsOn } from './comments/Comments';
import { partShown } from './comments/comment-about';
import { TemplatePreview } from './TemplatePreview';

const KINDS = ['emails', 'pages', 'documents', 'social'] as const;

/** Any tactic as it will be, in any partner's brand, language and industry; `?show=…` names the tactic. */
export function TacticPreviews({ version }: { readonly version: CampaignVersionDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tactics = useTacticOptions(version);
  const [query, setQuery] = useSearchParams();
  const all = tactics.flatMap(({ items }) => items);
  const tactic = (all.find(({ value }) => value === query.get('show')) ?? all[0])?.value ?? '';
  const [locale, setLocale] = useState(version.locales[0] ?? 'en');
  const [partnerId, setPartnerId] = useState('');
  const [industry, setIndustry] = useState('');
  const [look, setLook] = useState(FIRST_LOOK);
  const [kind, key = ''] = tactic.split(' ');
  const { emails, pages } = version.tactics;
  const industries = industriesOf([...emails, ...pages].flatMap(({ conditions }) => conditions));
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
        {isTemplate && industries.length > 0 && (
          <NativeSelect
            label={t('version.industry')}
            data={[{ value: '', label: t('version.noIndustry') }, ...industries]}
            value={industry}
            onChange={(event) => setIndustry(event.currentTarget.value)}
          />
        )}
        {isTemplate && <LookChoice look={look} onLook={setLook} />}
      </Group>
      {about !== null && <CommentsOn version={version} about={about} />}
      {isTemplate && look.parts && <PartsLegend />}
      {isTemplate && <TemplatePreview {...shown} kind={kind} templateKey={key} industry={industry} look={look} />}
      {kind === 'documents' && <DocumentPreview {...shown} partnerName={partnerName} artworkKey={key} />}
      {kind === 'social' && <PostPreview {...shown} partnerName={partnerName} artworkKey={key} />}
    </Stack>
  );
}

function useTacticOptions({ tactics }: CampaignVersionDetail) {
  const { t, i18n } = useTranslation();
  const words = (text: Readonly<Record<string, string>>) => localised(text, i18n.language);
  const options = {
    emails: tactics.emails.map(({ key, subject }) => ({ key, label: words(subject) })),
    pages: tactics.pages.map(({ key, title }) => ({ key, label: words(title) })),
    documents: tactics.documents.map(({ key, title }) => ({ key, label: words(title) })),
    social: tactics.social.map(({ key, text }) => ({ key, label: `${words(text).slice(0, 48)}…` })),
  };
  return KINDS.filter((kind) => options[kind].length > 0).map((kind) => ({
    group: t(`version.kind.${kind}`),
    items: options[kind].map(({ key, label }) => ({ value: `${kind} ${key}`, label })),
  }));
}

/** `industry is finance or insurance` → finance, insurance. */
function industriesOf(conditions: readonly string[]): string[] {
  const named = conditions.flatMap((condition) => {
    const values = /^industry is (.+)$/.exec(condition)?.[1];
    return values === undefined ? [] : values.split(' or ');
  });
  return [...new Set(named)].sort();
}
