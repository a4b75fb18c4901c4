import { Portal } from './portal.js';

let portal: Promise<Portal> | null = null;
let users = 0;

/**
 * The product with a browser in front of it, for suites that leave each other's
 * people and campaigns alone. Suites of one group share it: a start takes 13 s
 * of processor time. A suite calls this where it is described; the last one to
 * close it ends it.
 */
export function sharedPortal(): { readonly open: () => Promise<Portal>; readonly close: () => Promise<void> } {
  users += 1;
  return {
    open: () => (portal ??= Portal.open()),
    close: async () => {
      users -= 1;
      if (users > 0) return;
      await (await portal)?.close();
      portal = null;
    },
  };
}
