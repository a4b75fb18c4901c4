import { useMediaQuery } from '@mantine/hooks';

/** Whether the window is narrower than the breakpoint of the main menu. */
export const useIsPhone = (): boolean => useMediaQuery('(max-width: 47.99em)', window.innerWidth < 768);
