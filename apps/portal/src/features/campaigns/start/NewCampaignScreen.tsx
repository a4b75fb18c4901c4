import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';
import { LoadMore } from '../../../shared/LoadMore';
import { localeOf, localised } from '../../../shared/localised';
import { Loaded, Page } from '../../../shared/Page';
import { useCampaignLayouts } from '../../../shared/shipped-layouts';
import { useSession } from '../../../shared/session';
import { ShippedPicture } from '../../../shared/ShippedPicture';
import { useCampaignList, useCampaignTemplates } from '../api';
import { PackageDrop } from '../PackageDrop';
import { StartDialog, type Start } from './StartDialog';
import { StartCard } from './StartCard';
import { CampaignPicture } from './CampaignPicture';

const PARTS = ['templates', 'emails', 'pages', 'own', 'package'] as const;
type Part = (typeof PARTS)[number];

interface StartProps {
  readonly onStart: (start: Start) => void;
}

/**
 * The gallery of what a new campaign can begin with: finished campaigns,
 * layouts, an own campaign or a package.
 */
export function NewCampaignScreen() {
  const { t } = useTranslation();
  const [start, setStart] = useState<Start | null>(null);
  const [only, setOnly] = useState<Part | null>(null);
  const isShown = (part: Part): boolean => only === null || only === part;
  return (
    <Page title={t('upload.title')} lead={t('gallery.lead')}>
      <PartFilter only={only} onOnly={setOnly} />
      {isShown('templates') && <Templates onStart={setStart} />}
      {isShown('emails') && <Layouts kind="email" onStart={setStart} />}
      {isShown('pages') && <Layouts kind="page" onStart={setStart} />}
      {isShown('own') && <OwnCampaigns onStart={setStart} />}
      {isShown('package') && (
        <Section title={t('upload.package')} lead={t('gallery.packageLead')}>
          <PackageDrop id={undefined} />
        </Section>
      )}
      <StartDialog start={start} onClose={() => setStart(null)} />
    </Page>
  );
}

interface PartFilterProps {
  readonly only: Part | null;
  readonly onOnly: (only: Part | null) => void;
}

function PartFilter({ only, onOnly }: PartFilterProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" role="group" aria-label={t('gallery.show')}>
      {[null, ...PARTS].map((part) => (
        <Button
          key={part ?? 'all'}
          size="xs"
          radius="xl"
          variant={only === part ? 'filled' : 'default'}
          aria-pressed={only === part}
          onClick={() => onOnly(part)}
        >
          {t(`gallery.parts.${part ?? 'all'}`)}
        </Button>
      ))}
    </Group>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

function Section({ title, lead, children }: SectionProps) {
  return (
    <Stack component="section" gap="sm">
      <div>
        <Title order={2}>{title}</Title>
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      </div>
      {children}
    </Stack>
  );
}

/** Finished campaigns that come with the product. */
function Templates({ onStart }: StartProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const templates = useCampaignTemplates({ staleTime: Number.POSITIVE_INFINITY });
  const { languages } = useSession();
  return (
    <Section title={t('gallery.templates')} lead={t('gallery.templatesLead')}>
      <Loaded query={templates} height={340}>
        {({ items }) => (
          <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }}>
            {items.map(({ name, title, summary, theme, locales, emails, pages, documents, posts }) => (
              <StartCard
                key={name}
                title={localised(title, i18n.language)}
                summary={localised(summary, i18n.language)}
                language={localeOf(title, i18n.language)}
                facts={[
                  t('gallery.emails', { count: emails }),
                  ...(pages === 0 ? [] : [t('gallery.pages', { count: pages })]),
                  ...(documents === 0 ? [] : [t('gallery.documents', { count: documents })]),
                  ...(posts === 0 ? [] : [t('gallery.posts', { count: posts })]),
                  locales.map((tag) => format.language(tag)).join(', '),
                ]}
                picture={(height) => <ShippedPicture of="template" name={name} kind="email" height={height} />}
                onUse={() =>
                  onStart({
                    from: { template: name },
                    title: localised(title, i18n.language),
                    languages: proposedOf(locales, languages),
                    written: locales,
                    theme,
                  })
                }
              />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Section>
  );
}

/** The vendor's languages that a template has; all of the template if it has none of them. */
function proposedOf(written: readonly string[], ofVendor: readonly string[]): readonly string[] {
  const both = ofVendor.filter((tag) => written.includes(tag));
  return both.length === 0 ? written : both;
}

/** Single e-mails or pages; their texts are placeholders. */
function Layouts({ kind, onStart }: StartProps & { readonly kind: 'email' | 'page' }) {
  const { t, i18n } = useTranslation();
  const layouts = useCampaignLayouts();
  const own = i18n.language.startsWith('de') ? 'de' : 'en';
  const { languages } = useSession();
  return (
    <Section title={t(`gallery.layouts.${kind}`)} lead={t(`gallery.layoutsLead.${kind}`)}>
      <Loaded query={layouts} height={240}>
        {({ items }) => (
          <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }}>
            {items
              .filter((layout) => layout.kind === kind)
              .map(({ name, title, summary }) => (
                <StartCard
                  key={name}
                  isSmall
                  title={localised(title, i18n.language)}
                  summary={localised(summary, i18n.language)}
                  facts={[]}
                  picture={(height) => <ShippedPicture of="layout" name={name} kind={kind} height={height} />}
                  onUse={() =>
                    onStart({
                      from: { layout: name },
                      title: '',
                      languages: languages.length === 0 ? [own] : languages,
                      written: ['en', 'de'],
                      theme: '',
                    })
                  }
                />
              ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Section>
  );
}

/** Campaigns of the vendor. Nothing without any. */
function OwnCampaigns({ onStart }: StartProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const own = useCampaignList('limit=30');
  if (own.data === undefined || own.data.length === 0) return null;
  return (
    <Section title={t('gallery.own')} lead={t('gallery.ownLead')}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }}>
        {own.data.map(({ id, name, title, summary, theme, locales, newestVersion: { number } }) => {
          const words = localised(title, i18n.language) || name;
          return (
            <StartCard
              key={id}
              title={words}
              summary={localised(summary, i18n.language)}
              language={localeOf(title, i18n.language)}
              facts={[t('campaigns.version', { number }), locales.map((tag) => format.language(tag)).join(', ')]}
              picture={(height) => <CampaignPicture id={id} number={number} title={title} height={height} />}
              onUse={() =>
                onStart({
                  from: { campaignId: id, number },
                  title: t('gallery.copyOf', { title: words }),
                  languages: locales,
                  written: locales,
                  theme,
                })
              }
            />
          );
        })}
      </SimpleGrid>
      <LoadMore list={own} />
    </Section>
  );
}
