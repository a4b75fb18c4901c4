import { qrSvg } from '#artwork';
import type { OpenSessionView, PasskeyView, SecurityView, TotpSecretView } from '#contracts';
import {
  deviceOf,
  type ListedSession,
  type Passkey,
  type SecondFactorState,
  type SessionId,
  type TotpSecret,
} from '#identity';

export const passkeyView = ({ id, name, createdAt, lastUsedAt }: Passkey): PasskeyView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

export const securityView = (
  passkeys: readonly Passkey[],
  { totpSince, recoveryCodesLeft }: SecondFactorState,
): SecurityView => ({
  passkeys: passkeys.map(passkeyView),
  totpSince: totpSince?.toISOString() ?? null,
  recoveryCodesLeft,
});

export async function totpSecretView({ secret, url }: TotpSecret): Promise<TotpSecretView> {
  const svg = await qrSvg(url);
  return { secret, url, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
}

export function openSessionView(session: ListedSession, currentId: SessionId): OpenSessionView {
  const { id, userAgent, createdAt, seenAt } = session;
  const { browser, system } = deviceOf(userAgent);
  return {
    id,
    browser,
    system,
    signedInAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    isCurrent: id === currentId,
  };
}
