/**
 * Messages about the shared session between tabs: it has ended, or another user
 * or organisation is signed in.
 */
export type SessionEvent = 'ended' | 'changed';

const channel = new BroadcastChannel('throughline-session');

/** Sends to every other tab of this browser. */
export const notifyOtherTabs = (news: SessionEvent): void => channel.postMessage(news);

/**
 * Subscribes to messages of other tabs.
 * @returns unsubscribe.
 */
export function subscribeToTabs(listener: (news: SessionEvent) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionEvent>) => listener(data);
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
}
