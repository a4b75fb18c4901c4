import { Box, Group, NativeSelect, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { CampaignVersionDetail, Partners } from '#contracts';
import { useMay } from '../../app/session';
import { get } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { Preview } from '../../shared/Preview';
import { ProblemNote } from '../../shared/ProblemNote';
import { localised, useCampaignPreview } from './campaign';

const WIDTHS = { desktop: 680, phone: 375 } as const;

/** Any template, in any partner's brand, language and industry. */
export function TacticPreviews({ version }: { readonly version: CampaignVersionDetail }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { emails, pages } = version.tactics;
  const templates = [
    ...emails.map(({ key, subject, conditions }) => ({
      value: `emails ${key}`,
      label: localised(subject, i18n.language),
      conditions,
    })),
    ...pages.map(({ key, title, conditions }) => ({
      value: `pages ${key}`,
      label: t('version.page', { title: localised(title, i18n.language) }),
      conditions,
    })),
  ];
  const [template, setTemplate] = useState(templates[0]?.value ?? '');
  const [locale, setLocale] = useState(version.locales[0] ?? 'en');
  const [partnerId, setPartnerId] = useState('');
  const [industry, setIndustry] = useState('');
  const [screen, setScreen] = useState<keyof typeof WIDTHS>('desktop');
  const partners = useQuery({
    queryKey: ['partners', 'to-preview'],
    queryFn: get<z.output<typeof Partners>>('/partners?limit=100&status=active'),
    enabled: may('partners.read'),
  });
  const [kind, templateKey] = template.split(' ');
  const preview = useCampaignPreview({
    id: version.campaignId,
    number: version.number,
    kind: kind === 'pages' ? 'pages' : 'emails',
    templateKey,
    choice: {
      locale,
      ...(partnerId === '' ? {} : { partnerId }),
      ...(industry === '' ? {} : { industry }),
    },
  });
  const industries = industriesOf(templates.flatMap(({ conditions }) => conditions));
  const isPage = kind === 'pages';
  return (
    <Stack>
      <Group align="flex-end">
        <NativeSelect
          label={t('version.template')}
          data={templates.map(({ value, label }) => ({ value, label }))}
          value={template}
          onChange={(event) => setTemplate(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('version.brandOf')}
          data={[
            { value: '', label: t('version.sampleBrand') },
            ...(partners.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={partnerId}
          onChange={(event) => setPartnerId(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('review.locale')}
          data={version.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
          value={locale}
          onChange={(event) => setLocale(event.currentTarget.value)}
        />
        {industries.length > 0 && (
          <NativeSelect
            label={t('version.industry')}
            data={[{ value: '', label: t('version.noIndustry') }, ...industries]}
            value={industry}
            onChange={(event) => setIndustry(event.currentTarget.value)}
          />
        )}
        <SegmentedControl
          aria-label={t('review.screen')}
          value={screen}
          onChange={(value) => setScreen(value)}
          data={[
            { value: 'desktop', label: t('review.desktop') },
            { value: 'phone', label: t('review.phone') },
          ]}
        />
      </Group>
      <ProblemNote error={preview.error} />
      <Paper withBorder style={{ overflow: 'hidden' }}>
        <Group px="md" py="sm" gap="sm" wrap="nowrap">
          <Text size="sm" c="dimmed">
            {t('review.subject')}
          </Text>
          <Text size="sm" fw={600}>
            {preview.data?.subject ?? '…'}
          </Text>
        </Group>
        <Box bg="#f1f3f5">
          <Preview
            title={t('review.emailFrame')}
            html={preview.data?.html ?? ''}
            layoutWidth={isPage && screen === 'desktop' ? 1040 : WIDTHS[screen]}
            height={720}
          />
        </Box>
      </Paper>
    </Stack>
  );
}

/** `industry is finance or insurance` → finance, insurance. */
function industriesOf(conditions: readonly string[]): string[] {
  const named = conditions.flatMap((condition) => {
    const values = /^industry is (.+)$/.exec(condition)?.[1];
    return values === undefined ? [] : values.split(' or ');
  });
  return [...new Set(named)].sort();
}
