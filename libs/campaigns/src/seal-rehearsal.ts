import type { SealedMaster } from '#contracts';
import { bake, type Master, type PartnerValues, personalise, type RecipientValues } from '#rendering';
import { type Finding, prepareCopy, verifyBaked, verifyDom, verifyParts } from '#seal';
import { SAMPLE_HOSTS, SAMPLE_RECIPIENT } from './sample-brand.js';

/**
 * A sample copy did not match its seal: renderer and verifier disagree.
 * Nothing is published.
 */
class SealRehearsalFailure extends Error {
  override readonly name = 'SealRehearsalFailure';
}

/** One recipient with only an address, and one with every field. */
const RECIPIENTS: readonly Omit<RecipientValues, 'links'>[] = [
  { ...SAMPLE_RECIPIENT, firstName: null, lastName: null, company: null },
  { ...SAMPLE_RECIPIENT, greeting: 'Hello Robin,', phone: '+44 113 496 0000' },
];

/**
 * Renders sample copies of a master and verifies them by bytes and by tree.
 * It runs before any partner can launch the version.
 * @throws SealRehearsalFailure with the master and the position.
 */
export function rehearse(master: Master, sealed: SealedMaster, values: PartnerValues, publicUrl: string): void {
  const policy = { publicOrigin: new URL(publicUrl).origin, partnerHosts: SAMPLE_HOSTS };
  const result = bake(master, values, policy);
  // The sample's colours may not suit the template.
  // A master that cannot be baked cannot be launched.
  if (!result.ok) return;
  const { baked } = result;
  const partner = { partnerHosts: SAMPLE_HOSTS, values: baked.values };
  const copy = prepareCopy(sealed, { origins: [policy.publicOrigin], partner });
  requireNone(sealed, verifyBaked(copy, baked));
  const links = Object.fromEntries(master.links.map((name) => [name, `${publicUrl}/?preview=${name}`]));
  for (const recipient of RECIPIENTS) {
    const personal = personalise(baked, { ...recipient, links }, policy);
    if (!personal.ok) continue;
    const { finding, choices } = verifyParts(copy, personal.message);
    requireNone(sealed, finding);
    requireNone(sealed, verifyDom(copy, personal.message.html, choices));
  }
}

function requireNone({ kind, key, locale }: SealedMaster, finding: Finding | null): void {
  if (finding === null) return;
  const { part, line, message, expected, found } = finding;
  throw new SealRehearsalFailure(
    `A sample of ${kind} ${key} (${locale}) does not match its own seal in ${part}, line ${line ?? '?'}: ${message} Expected “${expected}”, found “${found}”.`,
  );
}
