/** What a tab tells the others of the session, which they share: that nobody is signed in any more, or that somebody is who may not be who was. */
export type SessionEvent = 'ended' | 'changed';

const channel = new BroadcastChannel('throughline-session');

/** Tells every other tab of this browser. */
export const notifyOtherTabs = (news: SessionEvent): void => channel.postMessage(news);

/** Hears what another tab tells. @returns what ends it. */
export function subscribeToTabs(listener: (news: SessionEvent) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionEvent>) => listener(data);
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
}
