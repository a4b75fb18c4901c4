import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { answers } from '../journeys/processes.js';
import { until } from './until.js';

/** Started by root, Dovecot accepts no smaller user id than this. */
const MAIL_UID = 65_534;

/**
 * A Dovecot of a run's own on the loopback interface: every user may sign in
 * with the password `secret`.
 */
export class ImapServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /**
   * @throws Error that says what to install, where there is no Dovecot 2.3
   *   (Debian: dovecot-imapd).
   */
  static async start(): Promise<ImapServer> {
    const version = execFileSync('dovecot', ['--version'], { encoding: 'utf8' });
    if (!version.startsWith('2.3.')) throw new Error(`This is Dovecot ${version.trim()}; the test is written for 2.3.`);
    const folder = mkdtempSync(join(tmpdir(), 'throughline-imap-'));
    const port = await freePort();
    const path = join(folder, 'dovecot.conf');
    writeFileSync(path, configuration(folder, port));
    const child = spawn('dovecot', ['-F', '-c', path], { stdio: 'ignore' });
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    await Promise.race([failed, until(() => answers(port), 'dovecot')]);
    return new ImapServer(child, folder, port);
  }

  urlOf(user: string): string {
    return `imap://${user}:secret@127.0.0.1:${this.port}/INBOX`;
  }

  /** Works in a user's mailbox as a person at a mail program does. */
  async as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: this.port,
      secure: false,
      auth: { user, pass: 'secret' },
      logger: false,
    });
    await client.connect();
    try {
      await client.mailboxOpen('INBOX');
      return await work(client);
    } finally {
      await client.logout();
    }
  }

  /** Puts mails into a mailbox, as deliveries do. */
  async deliver(user: string, ...texts: readonly (string | Buffer)[]): Promise<void> {
    await this.as(user, async (client) => {
      for (const text of texts) {
        const raw = Buffer.isBuffer(text) ? text : Buffer.from(text.trim().replace(/\r?\n/g, '\r\n') + '\r\n');
        await client.append('INBOX', raw);
      }
    });
  }

  /** How many mails of a folder are read, and how many there are. */
  async read(user: string, folder = 'INBOX'): Promise<{ seen: number; all: number }> {
    return this.as(user, async (client) => {
      await client.mailboxOpen(folder);
      const seen = (await client.search({ seen: true }, { uid: true })) || [];
      return { seen: seen.length, all: client.mailbox === false ? 0 : client.mailbox.exists };
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function configuration(folder: string, port: number): string {
  const { uid, gid, username } = userInfo();
  const [mailUid, mailGid] = uid === 0 ? [MAIL_UID, MAIL_UID] : [uid, gid];
  const home = join(folder, 'mail');
  mkdirSync(home);
  if (uid === 0) {
    chmodSync(folder, 0o755);
    chownSync(home, mailUid, mailGid);
  }
  const internal = uid === 0 ? '' : `default_internal_user = ${username}\ndefault_login_user = ${username}\n`;
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
first_valid_uid = 1
mail_location = maildir:${home}/%u
${internal}passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${home}/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
namespace inbox {
  inbox = yes
}
`;
}
