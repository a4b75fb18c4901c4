import { Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { LoadMore } from '../../shared/LoadMore';
import { Loaded } from '../../shared/Page';
import { localised } from '../../shared/localised';

import { type Copied, CopyCampaign } from './CopyCampaign';
import { useCampaignTemplates, useCampaignList } from './api';

/**
 * Shows a vendor the campaigns to start from: shipped templates and their own
 * campaigns.
 */
export function CopyChoices() {
  const [copied, setCopied] = useState<Copied | null>(null);
  return (
    <>
      <Templates onCopy={setCopied} />
      <OwnCampaigns onCopy={setCopied} />
      <CopyCampaign copied={copied} onClose={() => setCopied(null)} />
    </>
  );
}

interface CopyProps {
  readonly onCopy: (copied: Copied) => void;
}

/** Templates that come with the product. */
function Templates({ onCopy }: CopyProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const templates = useCampaignTemplates({ staleTime: Number.POSITIVE_INFINITY });
  return (
    <Stack>
      <Title order={2}>{t('copying.templates')}</Title>
      <Loaded query={templates}>
        {({ items }) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {items.map(({ name, title, summary, locales, emails, pages, documents, posts }) => (
              <Choice
                key={name}
                title={localised(title, i18n.language)}
                summary={localised(summary, i18n.language)}
                facts={[
                  t('copying.emails', { count: emails }),
                  t('copying.pages', { count: pages }),
                  t('copying.documents', { count: documents }),
                  t('copying.posts', { count: posts }),
                  locales.map((tag) => format.language(tag)).join(', '),
                ]}
                onUse={(words) => onCopy({ from: { template: name }, title: words })}
              />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Stack>
  );
}

/** Campaigns of the vendor. Nothing without any. */
function OwnCampaigns({ onCopy }: CopyProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const own = useCampaignList('limit=30');
  if (own.data === undefined || own.data.length === 0) return null;
  return (
    <Stack>
      <Title order={2}>{t('copying.own')}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {own.data.map(({ id, title, summary, locales, newestVersion: { number } }) => (
          <Choice
            key={id}
            isOwn
            title={localised(title, i18n.language)}
            summary={localised(summary, i18n.language)}
            facts={[t('campaigns.version', { number }), locales.map((tag) => format.language(tag)).join(', ')]}
            onUse={(words) =>
              onCopy({ from: { campaignId: id, number }, title: t('copying.copyOf', { title: words }) })
            }
          />
        ))}
      </SimpleGrid>
      <LoadMore list={own} />
    </Stack>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly summary: string;
  readonly facts: readonly string[];
  readonly isOwn?: boolean;
  readonly onUse: (title: string) => void;
}

function Choice({ title, summary, facts, isOwn = false, onUse }: ChoiceProps) {
  const { t } = useTranslation();
  const Sign = isOwn ? IconCopy : IconTemplate;
  return (
    <Card withBorder padding="lg">
      <Stack gap="xs" h="100%">
        <Title order={3}>{title}</Title>
        <Text size="sm" c="dimmed" lineClamp={2} style={{ flexGrow: 1 }}>
          {summary}
        </Text>
        <Group gap={6}>
          {facts.map((fact) => (
            <Badge key={fact} variant="default" tt="none" fw={500}>
              {fact}
            </Badge>
          ))}
        </Group>
        <Button
          variant="light"
          mt="xs"
          leftSection={<Sign size={16} aria-hidden />}
          onClick={() => onUse(title)}
          aria-label={t('copying.beginWith', { title })}
        >
          {t('copying.begin')}
        </Button>
      </Stack>
    </Card>
  );
}
