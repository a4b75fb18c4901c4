import { Paper, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFormat } from '../../shared/format';
import { useIsPhone } from '../../shared/is-phone';
import { Loaded, Page } from '../../shared/Page';
import { Preview } from '../../shared/Preview';
import { recordOpening, useReceivedNewsletter } from './api';

/** A newsletter of a vendor, for a person of a partner to whom it was sent. */
export function ReceivedNewsletterScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const isPhone = useIsPhone();
  const { id = '' } = useParams();
  const newsletter = useReceivedNewsletter(id);
  const { data } = newsletter;
  const isShown = data !== undefined;
  useEffect(() => {
    // The vendor is told how many have opened it. A failure changes nothing for the reader.
    if (isShown) recordOpening(id).catch(() => undefined);
  }, [id, isShown]);
  return (
    <Page
      title={data?.subject ?? t('newsletters.received')}
      lead={
        data !== undefined && (
          <Text span>{t('newsletters.from', { vendor: data.from, at: format.moment(data.at) })}</Text>
        )
      }
    >
      <Loaded query={newsletter} height={720}>
        {({ html, subject }) => (
          <Paper withBorder>
            <Preview title={subject} html={html} layoutWidth={isPhone ? 375 : 640} height={720} />
          </Paper>
        )}
      </Loaded>
    </Page>
  );
}
