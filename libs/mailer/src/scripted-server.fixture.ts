import { openScriptedServer, type Script, type ScriptedServer } from '../../../test/support/scripted-smtp.js';
import { serverOf, SmtpTransport } from './index.js';
import type { SmtpTimeouts } from './smtp-channel.adapter.js';

export type { Script };

type Scripted = Pick<ScriptedServer, 'received' | 'said' | 'connections'> & { readonly transport: SmtpTransport };

/** A transport to a server that misbehaves by a script. */
export async function withScriptedServer(
  script: Script,
  work: (server: Scripted) => Promise<void>,
  timeouts: Partial<SmtpTimeouts> = { connectMs: 500, answerMs: 500, endOfDataMs: 500 },
): Promise<void> {
  const server = await openScriptedServer(script);
  const transport = new SmtpTransport({
    server: serverOf(`smtp://127.0.0.1:${server.port}`, timeouts),
    connections: 2,
  });
  try {
    await work({ ...server, transport });
  } finally {
    await transport.close();
    await server.close();
  }
}
