import { Anchor, Badge, Button, Group, Stack, TagsInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconChartBar, IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CampaignDetail, MAX_TAGS } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { tagCampaign, useCampaignTags } from './api';

const MOST_LETTERS = 40;

/** The vendor's own words for a campaign, as links to all campaigns with one. */
export function TagBadges({ tags }: { readonly tags: readonly string[] }) {
  const { t } = useTranslation();
  if (tags.length === 0) return null;
  return (
    <Group component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('campaignTags.title')}>
      {tags.map((tag) => (
        <li key={tag}>
          <Badge
            component={Link}
            to={`/campaigns?${new URLSearchParams({ tag }).toString()}`}
            variant="light"
            tt="none"
            style={{ cursor: 'pointer' }}
          >
            {tag}
          </Badge>
        </li>
      ))}
    </Group>
  );
}

interface ResultsLinkProps {
  readonly campaignId: string;
  readonly title: string;
}

/** Link to the results of one campaign. */
export function ResultsLink({ campaignId, title }: ResultsLinkProps) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can('vendor-insight.read')) return null;
  return (
    <Anchor
      component={Link}
      to={`/campaign-results?${new URLSearchParams({ campaign: campaignId }).toString()}`}
      size="sm"
      aria-label={t('campaignTags.resultsOf', { title })}
    >
      <Group component="span" gap={6} wrap="nowrap">
        <IconChartBar size={16} aria-hidden />
        {t('campaignTags.results')}
      </Group>
    </Anchor>
  );
}

/** The tags of a campaign, and a button to change them. */
export function Tags({ campaign }: { readonly campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group gap="sm">
      <TagBadges tags={campaign.tags} />
      {can('campaigns.edit') && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconTag size={16} aria-hidden />} onClick={open}>
          {t(campaign.tags.length === 0 ? 'campaignTags.add' : 'campaignTags.change')}
        </Button>
      )}
      <Dialog opened={opened} onClose={close} title={t('campaignTags.title')} centered>
        <TagsForm campaign={campaign} onSaved={close} />
      </Dialog>
    </Group>
  );
}

interface TagsFormProps {
  readonly campaign: CampaignDetail;
  readonly onSaved: () => void;
}

function TagsForm({ campaign: { id, tags: saved }, onSaved }: TagsFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const known = useCampaignTags();
  const [tags, setTags] = useState<string[]>(saved);
  const [isCut, setCut] = useState(false);
  // By default the list stays open after a tag and covers the button.
  const [isListed, setListed] = useState(false);
  const save = useMutation({
    mutationFn: () => tagCampaign(id, saved, tags),
    onSuccess: async () => {
      onSaved();
      await client.invalidateQueries();
    },
  });
  return (
    <Stack>
      <TagsInput
        label={t('campaignTags.title')}
        description={t('campaignTags.why')}
        data={known.data?.items ?? []}
        value={tags}
        onChange={(all) => {
          setCut(all.some((tag) => tag.length > MOST_LETTERS));
          setTags(all.map((tag) => tag.slice(0, MOST_LETTERS)));
          setListed(false);
        }}
        dropdownOpened={isListed}
        onDropdownClose={() => setListed(false)}
        onSearchChange={(typed) => setListed(typed !== '')}
        onClick={() => setListed(true)}
        openOnFocus={false}
        error={isCut && t('campaignTags.cut', { count: MOST_LETTERS })}
        maxTags={MAX_TAGS}
        acceptValueOnBlur
        comboboxProps={{ withinPortal: true }}
        data-autofocus
      />
      <ProblemNote error={known.error ?? save.error} />
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t('campaignTags.save')}
      </Button>
    </Stack>
  );
}
