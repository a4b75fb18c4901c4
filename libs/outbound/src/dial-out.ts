import type { Socket } from 'node:net';
import { RequestFilteringHttpAgent } from 'request-filtering-agent';
import type { OutboundReach } from './call-out.js';
import { failureOf } from './failure.js';

/**
 * Opens a TCP connection to a host that a user chose, without giving access to
 * our network. The name is resolved in the step that connects, and refused if
 * any of its addresses is neither public nor allowed (RFC 6890).
 * @throws Error with a sentence that the user may read. It does not reveal how
 *   a name of ours resolves.
 */
export function dialOut(
  { host, port, timeoutMs }: { readonly host: string; readonly port: number; readonly timeoutMs: number },
  { allowedAddresses = [], lookup }: Pick<OutboundReach, 'allowedAddresses' | 'lookup'> = {},
): Promise<Socket> {
  const agent = new RequestFilteringHttpAgent({ allowIPAddressList: [...allowedAddresses] });
  const socket = agent.createConnection({ host, port, ...(lookup === undefined ? {} : { lookup }) }) as Socket;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown, late: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(new Error(failureOf(error, late).message));
    };
    const failed = (error: Error): void => {
      fail(error, false);
    };
    const timer = setTimeout(() => {
      fail(null, true);
    }, timeoutMs);
    socket.once('error', failed);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
