import { SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { IconSearch, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationView, OfferView } from '#contracts';
import { Empty } from '../../shared/Empty';
import { useIncrementalList } from '../../shared/incremental-list';
import { LoadMore } from '../../shared/LoadMore';
import { Loaded } from '../../shared/Page';
import { OfferCard } from './OfferCard';
import { useOffers } from '../../shared/requests';

/**
 * Three rows of three. Each card renders a whole e-mail in a frame, so 200
 * cards would be 200 documents.
 */
const AT_ONCE = 9;

interface CardsProps {
  readonly offers: readonly OfferView[];
  readonly running: readonly ActivationView[];
  /** The one that ended last first. */
  readonly finished: readonly ActivationView[];
}

/** Campaigns that a partner can launch, newest first. */
export function OfferGrid({ running, finished }: Omit<CardsProps, 'offers'>) {
  const { t } = useTranslation();
  const offers = useOffers();
  return (
    <Stack component="section" aria-labelledby="offers">
      <Title order={2} id="offers">
        {t('home.offers')}
      </Title>
      <Loaded query={offers} height={380}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconSparkles} title={t('home.noOffers')}>
              {t('home.noOffersText')}
            </Empty>
          ) : (
            <Cards offers={items} running={running} finished={finished} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Cards({ offers, running, finished }: CardsProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const found = offers.filter((offer) => hasWords(offer, words));
  const { shown, list } = useIncrementalList(found, AT_ONCE);
  return (
    <>
      {offers.length > AT_ONCE && (
        <TextInput
          label={t('home.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          maxLength={100}
          onChange={(event) => setWords(event.currentTarget.value)}
          maw={420}
        />
      )}
      {found.length === 0 ? (
        <Empty icon={IconSparkles} title={t('home.notFound')}>
          {t('home.notFoundText')}
        </Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {shown.map((offer) => (
            <OfferCard
              key={offer.versionId}
              offer={offer}
              running={running.find(({ campaignId }) => campaignId === offer.campaignId)}
              finished={finished.find(({ campaignId }) => campaignId === offer.campaignId)}
            />
          ))}
        </SimpleGrid>
      )}
      <LoadMore list={list} />
    </>
  );
}

/**
 * Whether vendor, title, summary and theme of a campaign contain all search
 * words, in any of its languages.
 */
function hasWords({ titles, summaries, theme, vendorName }: OfferView, words: string): boolean {
  const text = [...Object.values(titles), ...Object.values(summaries), theme, vendorName].join(' ').toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
