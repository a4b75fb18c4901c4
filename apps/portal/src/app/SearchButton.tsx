import { ActionIcon, Button, Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Kind } from './menu';

/** Loaded when it is opened for the first time: no screen waits for it. */
const SearchDialog = lazy(() => import('./SearchDialog'));

/** Opens the search over all that the person may see; Ctrl+K, too, also while writing. */
export function SearchButton({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation();
  const { key, pathname } = useLocation();
  const here = `${key} ${pathname}`;
  // The browser's Back leaves the page, and the dialog with it.
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const open = (): void => setOpenedAt(here);
  useHotkeys([['mod+K', open]], [], true);
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        size="xs"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={open}
      >
        {t('nav.search')}
      </Button>
      <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" size="lg" aria-label={t('nav.search')} onClick={open}>
        <IconSearch size={20} aria-hidden />
      </ActionIcon>
      {openedAt === here && (
        <Suspense fallback={null}>
          <SearchDialog kind={kind} onClose={() => setOpenedAt(null)} />
        </Suspense>
      )}
    </>
  );
}
