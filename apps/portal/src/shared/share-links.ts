/** Networks whose own page publishes a prepared post. */
export const NETWORKS = { linkedin: 'LinkedIn', facebook: 'Facebook', x: 'X' } as const;
export type Network = keyof typeof NETWORKS;

/** A post as a user shares it. */
export interface SharedPost {
  /** Its words, with the link at their end. */
  readonly text: string;
  /** Of the landing page. */
  readonly link: string;
}

/**
 * The page of a network with a prepared post. Nothing of the network is loaded
 * before it is opened. Facebook takes the link alone: its rules forbid prepared
 * words.
 */
export function shareLink(network: Network, { text, link }: SharedPost): string {
  const words = text.endsWith(link) ? text.slice(0, -link.length).trim() : text;
  switch (network) {
    case 'linkedin':
      return `https://www.linkedin.com/feed/?${new URLSearchParams({ shareActive: 'true', text }).toString()}`;
    case 'facebook':
      return `https://www.facebook.com/sharer/sharer.php?${new URLSearchParams({ u: link }).toString()}`;
    case 'x':
      return `https://x.com/intent/post?${new URLSearchParams({ text: words, url: link }).toString()}`;
  }
}
