import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface LoadMoreProps {
  readonly list: { readonly hasMore: boolean; readonly more: () => void; readonly loadingMore: boolean };
}

/** Button at the end of a list with further pages. */
export function LoadMore({ list }: LoadMoreProps) {
  const { t } = useTranslation();
  if (!list.hasMore) return null;
  return (
    <Center>
      <Button variant="subtle" loading={list.loadingMore} onClick={list.more}>
        {t('common.more')}
      </Button>
    </Center>
  );
}
