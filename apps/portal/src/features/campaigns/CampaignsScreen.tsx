import { Anchor, Button, Card, Group, NativeSelect, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCalendar, IconCalendarEvent, IconPlus, IconRocket, IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignCard, CampaignState } from '#contracts';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { LazyOnView } from '../../shared/LazyOnView';
import { Preview } from '../../shared/Preview';
import { localeOf, localised } from '../../shared/localised';
import { useCover } from './campaign';
import { CAMPAIGN_STATES, campaignQuery, useCampaignFilter } from './campaign-filter';
import { useGroupNames, VersionBadge } from './VersionState';
import { useCampaignList, useCampaignTags } from './api';
import { ResultsLink, TagBadges } from './Tags';

const COVER_HEIGHT = 210;

/** The vendor's campaign library. */
export function CampaignsScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const { search, state, show, tag, showTag } = useCampaignFilter();
  const query = campaignQuery(search.sought, state, tag);
  const list = useCampaignList(query);
  const create = can('campaigns.edit') && (
    <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('campaigns.new')}
    </Button>
  );
  return (
    <ListScreen
      title={t('campaigns.title')}
      lead={t('campaigns.lead')}
      actions={
        <>
          <Button
            component={Link}
            to="/plan"
            variant="default"
            leftSection={<IconCalendarEvent size={16} aria-hidden />}
          >
            {t('nav.plan')}
          </Button>
          {create}
        </>
      }
      search={{ ...search, label: t('campaigns.search') }}
      filter={
        <Group align="flex-end">
          <StateFilter state={state} onShow={show} />
          <TagFilter tag={tag} onShow={showTag} />
        </Group>
      }
      isNarrowed={search.sought !== '' || state !== null || tag !== ''}
      list={list}
      height={380}
      empty={{
        icon: IconSpeakerphone,
        title: t('campaigns.none'),
        text: t('campaigns.noneText'),
        action: create,
      }}
    >
      {(campaigns) => (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {campaigns.map((campaign) => (
            <CampaignTile key={campaign.id} campaign={campaign} />
          ))}
        </SimpleGrid>
      )}
    </ListScreen>
  );
}

interface StateFilterProps {
  readonly state: CampaignState | null;
  readonly onShow: (state: CampaignState | null) => void;
}

function StateFilter({ state, onShow }: StateFilterProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('campaigns.state')}
      value={state ?? ''}
      data={[
        { value: '', label: t('campaigns.anyState') },
        ...CAMPAIGN_STATES.map((one) => ({ value: one, label: t(`status.${one}`) })),
      ]}
      onChange={({ currentTarget: { value } }) => onShow(CAMPAIGN_STATES.find((one) => one === value) ?? null)}
    />
  );
}

interface TagFilterProps {
  readonly tag: string;
  readonly onShow: (tag: string) => void;
}

/** Nothing before the first tag. */
function TagFilter({ tag, onShow }: TagFilterProps) {
  const { t } = useTranslation();
  const tags = useCampaignTags().data?.items ?? [];
  if (tags.length === 0 && tag === '') return null;
  return (
    <NativeSelect
      label={t('campaignTags.filter')}
      value={tag}
      data={[
        { value: '', label: t('campaignTags.any') },
        ...[...new Set([...tags, ...(tag === '' ? [] : [tag])])].map((one) => ({ value: one, label: one })),
      ]}
      onChange={({ currentTarget: { value } }) => onShow(value)}
    />
  );
}

interface CoverProps {
  readonly campaign: CampaignCard;
  readonly title: string;
}

/** The first e-mail, in the reader's language if the campaign has it. */
function Cover({ campaign: { id, newestVersion, title: titles, locales }, title }: CoverProps) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(titles, i18n.language);
  const html = useCover(
    id,
    newestVersion.number,
    locales.find((one) => one === locale),
  );
  if (html === null) return null;
  if (html === undefined) return <Skeleton height={COVER_HEIGHT} radius={0} />;
  return <Preview still title={t('home.cover', { title })} html={html} layoutWidth={640} height={COVER_HEIGHT} />;
}

function CampaignTile({ campaign }: { readonly campaign: CampaignCard }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { id, name, tags, title, summary, theme, locales, newestVersion, published } = campaign;
  const words = localised(title, i18n.language) || name;
  return (
    <Card withBorder padding="md" className="offer-card">
      <Card.Section withBorder>
        <LazyOnView height={COVER_HEIGHT}>
          <Cover campaign={campaign} title={words} />
        </LazyOnView>
      </Card.Section>
      <Stack gap="xs" mt="md">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h3">
            <Anchor component={Link} to={`/campaigns/${id}`} c="inherit" lang={localeOf(title, i18n.language)}>
              {words}
            </Anchor>
          </Title>
          <VersionBadge version={newestVersion} approved={newestVersion.approved} />
        </Group>
        <Text size="sm" c="dimmed" lineClamp={2} lang={localeOf(summary, i18n.language)}>
          {localised(summary, i18n.language)}
        </Text>
        <Offered campaign={campaign} />
        <TagBadges tags={tags} />
        {published !== null && <ResultsLink campaignId={id} title={words} />}
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {t('campaigns.theme', { theme })} · {t('campaigns.version', { number: newestVersion.number })} ·{' '}
            {locales.map((tag) => format.language(tag)).join(', ')}
          </Text>
        </Group>
      </Stack>
    </Card>
  );
}

/** Which partners can run it, from when, and how many do. */
function Offered({ campaign: { newestVersion, published, partnersRunning } }: { readonly campaign: CampaignCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const groupNames = useGroupNames();
  if (published === null) return null;
  const { number, partnerGroups, opensOn, closesOn } = published;
  const group = groupNames(partnerGroups);
  const words = number === newestVersion.number ? 'campaigns.offered' : 'campaigns.offeredBefore';
  return (
    <Stack gap={4} style={{ overflowWrap: 'anywhere' }}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <IconCalendar
          size={16}
          role="img"
          aria-label={t('campaigns.offeredHow')}
          style={{ flexShrink: 0, marginTop: 3 }}
        />
        <Text size="sm" style={{ minWidth: 0 }}>
          {t(words, { number, group, from: format.day(opensOn), to: format.day(closesOn) })}
        </Text>
      </Group>
      {partnersRunning !== null && (
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconRocket size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
          <Text size="sm">
            {t('campaigns.running', { count: partnersRunning, number: format.number(partnersRunning) })}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
