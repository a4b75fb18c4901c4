const LONGEST = 50;

/**
 * A campaign's library name from its title, in kebab case as `campaign.yaml`
 * requires.
 */
export function campaignNameOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
  if (/^[a-z]/.test(words)) return words;
  return words === '' ? 'campaign' : `campaign-${words}`;
}

/** The name itself, or with the first number from 2 on that is free. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let number = 1;
  let free = name;
  while (isTaken(free)) free = `${name}-${++number}`;
  return free;
}
