import { Alert, Loader, Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CampaignDetail, RecallExtentView } from '#contracts';
import { ProblemNote } from '../../../shared/ProblemNote';
import { ReasonForm } from '../../../shared/ReasonForm';
import { usePartnerGroups } from '../../../shared/requests';
import { useTacticName } from '../../../shared/tactic-names';
import { useVersion } from '../campaign';
import { recallCampaign, type RecallScope, useRecallExtent } from './api';

const MODES = ['stop', 'finish', 'replace'] as const;
type Mode = (typeof MODES)[number];

const SECTIONS = { emails: 'email', pages: 'page', documents: 'document', social: 'social' } as const;
type Section = keyof typeof SECTIONS;

interface Input {
  /** Number of a version; empty: all. */
  readonly version: string;
  /** `email welcome`, or `asset` and an id of the library; empty: all. */
  readonly tactic: string;
  readonly locale: string;
  readonly groupId: string;
  readonly mode: Mode;
  readonly replacement: string;
}

const NOTHING: Input = { version: '', tactic: '', locale: '', groupId: '', mode: 'stop', replacement: '' };

/** What the API is sent. */
function scopeOf({ version, tactic, locale, groupId, mode, replacement }: Input): RecallScope {
  const [kind = '', key = ''] = tactic.split(' ');
  const found = Object.values(SECTIONS).find((one) => one === kind);
  return {
    mode,
    ...(version !== '' && { versionNumber: Number(version) }),
    ...(found !== undefined && { tactic: { kind: found, key } }),
    ...(kind === 'asset' && { assetId: key }),
    ...(locale !== '' && { locale }),
    ...(groupId !== '' && { groupId }),
    ...(mode === 'replace' && replacement !== '' && { replacementNumber: Number(replacement) }),
  };
}

interface RecallFormProps {
  readonly campaign: CampaignDetail;
  readonly onBack: () => void;
}

/** Asks what to recall and how, shows what that takes in, asks for the reason, and leads to the report. */
export function RecallForm({ campaign, onBack }: RecallFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [input, setInput] = useState<Input>(NOTHING);
  const scope = scopeOf(input);
  const extent = useRecallExtent(campaign.id, scope);
  // All of the version, whatever is chosen of it.
  const assets = useRecallExtent(campaign.id, scopeOf({ ...NOTHING, version: input.version }));
  return (
    <ReasonForm
      about={`recall ${campaign.id}`}
      text={t('recalls.text')}
      action={t('campaigns.recall')}
      why={t('campaigns.reasonWhy')}
      isReady={extent.data !== undefined && extent.error === null}
      onSend={(reason) => recallCampaign(campaign.id, { ...scope, reason })}
      onSent={({ recallId }) => void navigate(`/campaigns/${campaign.id}/recalls/${recallId}`)}
      onBack={onBack}
    >
      <ScopeInput campaign={campaign} input={input} onInput={setInput} assets={assets.data?.assets ?? []} />
      <ModeInput campaign={campaign} input={input} onInput={setInput} />
      <Extent extent={extent} />
    </ReasonForm>
  );
}

interface InputProps {
  readonly campaign: CampaignDetail;
  readonly input: Input;
  readonly onInput: (input: Input) => void;
}

interface ScopeInputProps extends InputProps {
  readonly assets: RecallExtentView['assets'];
}

function ScopeInput({ campaign, input, onInput, assets }: ScopeInputProps) {
  const { t, i18n } = useTranslation();
  const out = campaign.versions.filter(({ publishedAt, status }) => publishedAt !== null && status !== 'recalled');
  const [newest] = out;
  const version = useVersion(campaign.id, input.version === '' ? (newest?.number ?? 0) : Number(input.version));
  const tactics = version.data?.tactics;
  const nameOf = useTacticName(tactics);
  const groups = usePartnerGroups({ select: ({ items }) => items.filter(({ archivedAt }) => archivedAt === null) });
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const shared = { comboboxProps: { withinPortal: true }, allowDeselect: false } as const;
  return (
    <Stack gap="sm">
      <Select
        {...shared}
        label={t('recalls.version')}
        data={[
          { value: '', label: t('recalls.allVersions') },
          ...out.map(({ number }) => ({ value: String(number), label: t('campaigns.version', { number }) })),
        ]}
        value={input.version}
        onChange={(chosen) => onInput({ ...input, version: chosen ?? '', tactic: '', locale: '' })}
      />
      <Select
        {...shared}
        searchable
        label={t('recalls.contents')}
        data={[
          { value: '', label: t('recalls.allContents') },
          ...(Object.keys(SECTIONS) as Section[]).map((section) => ({
            group: t(`recalls.section.${section}`),
            items: (tactics?.[section] ?? []).map(({ key }) => ({
              value: `${SECTIONS[section]} ${key}`,
              label: nameOf(section, key) ?? key,
            })),
          })),
          {
            group: t('recalls.section.assets'),
            items: assets.map(({ id, title }) => ({ value: `asset ${id}`, label: title })),
          },
        ]}
        value={input.tactic}
        onChange={(chosen) => onInput({ ...input, tactic: chosen ?? '' })}
      />
      <Select
        {...shared}
        label={t('recalls.language')}
        data={[
          { value: '', label: t('recalls.allLanguages') },
          ...(version.data?.locales ?? []).map((locale) => ({ value: locale, label: languages.of(locale) ?? locale })),
        ]}
        value={input.locale}
        onChange={(chosen) => onInput({ ...input, locale: chosen ?? '' })}
      />
      <Select
        {...shared}
        label={t('recalls.partners')}
        description={t('recalls.partnersWhy')}
        data={[
          { value: '', label: t('recalls.allPartners') },
          ...(groups.data ?? []).map(({ id, name, memberCount }) => ({
            value: id,
            label: t('version.groupOption', { name, count: memberCount }),
          })),
        ]}
        value={input.groupId}
        onChange={(chosen) => onInput({ ...input, groupId: chosen ?? '' })}
      />
    </Stack>
  );
}

function ModeInput({ campaign, input, onInput }: InputProps) {
  const { t } = useTranslation();
  const published = campaign.versions.filter(
    ({ status, number }) => status === 'published' && String(number) !== input.version,
  );
  const isPart = input.tactic !== '' || input.locale !== '';
  return (
    <>
      <Radio.Group
        label={t('recalls.mode')}
        value={input.mode}
        onChange={(chosen) => onInput({ ...input, mode: MODES.find((one) => one === chosen) ?? 'stop' })}
      >
        <Stack gap="xs" mt="xs">
          {MODES.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={t(`recalls.modes.${mode}`)}
              description={t(`recalls.modesWhy.${mode}`)}
              disabled={mode === 'replace' && (isPart || published.length === 0)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {input.mode === 'replace' && (
        <Select
          label={t('recalls.replacement')}
          comboboxProps={{ withinPortal: true }}
          data={published.map(({ number }) => ({ value: String(number), label: t('campaigns.version', { number }) }))}
          value={input.replacement === '' ? null : input.replacement}
          onChange={(chosen) => onInput({ ...input, replacement: chosen ?? '' })}
        />
      )}
    </>
  );
}

function Extent({ extent: { data, error, fetchStatus } }: { readonly extent: ReturnType<typeof useRecallExtent> }) {
  const { t } = useTranslation();
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined && fetchStatus === 'idle') return null;
  if (data === undefined) return <Loader size="sm" aria-label={t('recalls.extent')} />;
  const { partners, activations, items, rows } = data;
  return (
    <Alert color="red" title={t('recalls.extent')}>
      <Text size="sm">
        {t('recalls.extentPartners', { count: partners })} {t('recalls.extentLaunches', { count: activations })}
      </Text>
      <Text size="sm">
        {[
          t('recalls.emails', { count: items.email }),
          t('recalls.pages', { count: items.page }),
          t('recalls.documents', { count: items.file }),
          t('recalls.posts', { count: items.post }),
        ].join(', ')}
      </Text>
      <Text size="sm">{t('recalls.extentRows', { count: rows })}</Text>
    </Alert>
  );
}
